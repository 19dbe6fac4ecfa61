import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../test/smuggling/foreign-proxy.ts'
import { type Program, programCpu, startProgram } from './program.ts'
import { routePath } from './setting.ts'
import { tempPaths } from './upstream.ts'

export interface NginxOptions {
  readonly upstreamPort: number
  /** Locations beside the one that is asked for. */
  readonly routes?: number
  /** Whoever answers `auth_request`. */
  readonly authorizerPort?: number
}

/** nginx as one would set it up before an application: HTTP/1.1 and kept connections to it. */
export async function startNginx(name: string, options: NginxOptions): Promise<Program> {
  const { upstreamPort, authorizerPort, routes = 0 } = options
  const dir = mkdtempSync(join(tmpdir(), 'sallyport-bench-nginx-'))
  const port = await freePort()
  const file = join(dir, 'nginx.conf')
  const kept = 'keepalive 64; keepalive_requests 1000000000;'
  const forward = `proxy_pass http://application;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;`
  const more = Array.from(
    { length: routes },
    (_, at) => `location ${routePath(at, '')} { ${forward} }`,
  )
  const authorizer =
    authorizerPort === undefined
      ? ''
      : `upstream authorizer { server 127.0.0.1:${authorizerPort} max_fails=0; ${kept} }`
  const question =
    authorizerPort === undefined
      ? ''
      : `location = /authorize {
      internal;
      proxy_pass http://authorizer$request_uri;
      proxy_http_version 1.1;
      proxy_method $request_method;
      proxy_pass_request_body off;
      proxy_set_header Content-Length "";
      proxy_set_header Connection "";
      proxy_set_header Host $host;
    }`
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
  ${tempPaths(dir)}
  keepalive_requests 1000000000;
  keepalive_timeout 300s;
  client_max_body_size 2m;
  tcp_nodelay on;
  upstream application { server 127.0.0.1:${upstreamPort} max_fails=0; ${kept} }
  ${authorizer}
  server {
    listen 127.0.0.1:${port} backlog=4096;
    ${more.join('\n    ')}
    location / {
      ${authorizerPort === undefined ? '' : 'auth_request /authorize;'}
      ${forward}
    }
    ${question}
  }
}
`,
  )
  const command = ['nginx', '-p', dir, '-c', file]
  return await startProgram({ name, command, port, cpus: programCpu, dir })
}
