import { createServer } from 'node:http'

import { getRequestListener } from '@hono/node-server'

import { accountingAudience, accountingHost, createAccounting } from './accounting.ts'
import { Books } from './accounting-records.ts'
import type { App } from './app.ts'
import { createCallerReader } from './caller.ts'
import { listenOn } from './listener.ts'
import type { Listener } from './listener.ts'
import { createPermissions } from './permissions.ts'
import { Shelf } from './repository-records.ts'
import { createSourceRepository, repositoryAudience, repositoryHost } from './source-repository.ts'

export interface AppsOptions {
  readonly host: string
  readonly port: number
  /** Where the gateway and its published keys are. */
  readonly gatewayUrl: string
  /** `iss` of the gateway's identity tokens. */
  readonly identityIssuer: string
  readonly checkUrl: string
  /** The applications' key for the decision API. */
  readonly checkKey: string
}

/** Both sample applications on one port, told apart by the host the client asked for. */
export async function startApps(options: AppsOptions): Promise<Listener> {
  const jwksUrl = `${options.gatewayUrl}/.well-known/sallyport/jwks.json`
  const callerOf = (audience: string) =>
    createCallerReader({ jwksUrl, issuer: options.identityIssuer, audience })
  const askPermissions = createPermissions(options.checkUrl, options.checkKey)
  const apps = new Map<string, App>([
    [accountingHost, createAccounting(new Books(), callerOf(accountingAudience), askPermissions)],
    [
      repositoryHost,
      createSourceRepository(new Shelf(), callerOf(repositoryAudience), askPermissions),
    ],
  ])
  const listener = getRequestListener((request: Request) => {
    const app = apps.get(hostOf(request.headers))
    return app === undefined ? unknownHost([...apps.keys()]) : app.fetch(request)
  })
  const server = createServer((request, response) => void listener(request, response))
  return listenOn(server, options.host, options.port)
}

/** Which application is asked may be believed from a header: each one checks its own audience. */
function hostOf(headers: Headers): string {
  const authority = headers.get('x-forwarded-host') ?? headers.get('host') ?? ''
  return authority.replace(/:[0-9]+$/, '').toLowerCase()
}

function unknownHost(hosts: readonly string[]): Response {
  const title = `The applications here are ${hosts.join(' and ')}, behind the gateway`
  return Response.json({ title }, { status: 404 })
}
