import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ForeignProxy, freePort, startForeign } from './foreign-proxy.ts'

/** nginx as one would set it up before an application: HTTP/1.1 and kept connections to it. */
export async function startNginx(upstreamPort: number): Promise<ForeignProxy> {
  const dir = mkdtempSync(join(tmpdir(), 'smuggling-nginx-'))
  mkdirSync(join(dir, 'tmp'))
  const port = await freePort()
  const file = join(dir, 'nginx.conf')
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${dir}/tmp/${name};`)
    .join('\n  ')
  writeFileSync(
    file,
    `worker_processes 1;
daemon off;
pid ${dir}/pid;
error_log ${dir}/error.log;
events { worker_connections 4096; }
http {
  access_log off;
  ${paths}
  client_header_timeout 2s;
  client_body_timeout 2s;
  upstream application {
    server 127.0.0.1:${upstreamPort} max_fails=0;
    keepalive 64;
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://application;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_next_upstream off;
      proxy_read_timeout 2s;
    }
  }
}
`,
  )
  return await startForeign('nginx', ['-p', dir, '-c', file], port, dir)
}
