import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ForeignProxy, freePort, startForeign } from './foreign-proxy.ts'

/** HAProxy with connections to the application that all clients share. */
export async function startHaproxy(upstreamPort: number): Promise<ForeignProxy> {
  const dir = mkdtempSync(join(tmpdir(), 'smuggling-haproxy-'))
  const port = await freePort()
  const file = join(dir, 'haproxy.cfg')
  writeFileSync(
    file,
    `global
  maxconn 4000
  nbthread 1
defaults
  mode http
  timeout connect 1s
  timeout client 2s
  timeout server 2s
  timeout http-request 2s
  retries 0
  option http-keep-alive
  http-reuse always
frontend in
  bind 127.0.0.1:${port}
  default_backend application
backend application
  server one 127.0.0.1:${upstreamPort}
`,
  )
  return await startForeign('haproxy', ['-db', '-q', '-f', file], port, dir)
}
