import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../test/smuggling/foreign-proxy.ts'
import { loadCpu, type Program, startProgram } from './program.ts'

export const smallBody = '{"service":"bench","ok":"true"}'

/** Bodies by their size, made of one line repeated, so that what came can be compared. */
export const bodySizes = { '16 KiB': 16_384, '1 MiB': 1_048_576 } as const

export function bodyOf(bytes: number): string {
  return '0123456789abcdef0123456789abcde\n'.repeat(bytes / 32)
}

export function tempPaths(dir: string): string {
  mkdirSync(join(dir, 'tmp'), { recursive: true })
  return ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${dir}/tmp/${name};`)
    .join('\n  ')
}

/** The application behind every program: nginx, on the processor of the load generator. */
export async function startUpstream(): Promise<Program> {
  const dir = mkdtempSync(join(tmpdir(), 'sallyport-bench-upstream-'))
  const port = await freePort()
  for (const bytes of Object.values(bodySizes)) {
    writeFileSync(join(dir, `bytes-${bytes}`), bodyOf(bytes))
  }
  const file = join(dir, 'nginx.conf')
  writeFileSync(
    file,
    `worker_processes 1;
master_process off;
daemon off;
pid ${dir}/pid;
error_log ${dir}/error.log;
events { worker_connections 4096; }
http {
  access_log off;
  default_type application/json;
  ${tempPaths(dir)}
  keepalive_requests 1000000000;
  keepalive_timeout 300s;
  client_max_body_size 2m;
  sendfile on;
  tcp_nodelay on;
  open_file_cache max=10;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    root ${dir};
    location ~ /bytes-(?<bytes>[0-9]+)$ { try_files /bytes-$bytes =404; }
    location / { return 200 '${smallBody}'; }
  }
}
`,
  )
  const command = ['nginx', '-p', dir, '-c', file]
  return await startProgram({ name: 'upstream', command, port, cpus: loadCpu, dir })
}
