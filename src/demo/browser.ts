import { randomBytes } from 'node:crypto'
import { createServer, request as sendRequest } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'

import { createRemoteJWKSet, jwtVerify } from 'jose'

import { browserHomePage, browserProblemPage } from './browser-pages.ts'
import { ExpiringMap } from './expiring-map.ts'
import { listenOn } from './listener.ts'
import type { Listener } from './listener.ts'
import { beginSignIn, discoverProvider, finishSignIn } from './oauth.ts'
import type { SignIn } from './oauth.ts'
import { pageHeaders } from './page.ts'
import type { Markup } from './page.ts'
import { browserClientId, browserRedirectPath } from './provider-configuration.ts'

export interface BrowserOptions {
  readonly host: string
  readonly port: number
  readonly providerIssuer: string
  readonly gatewayHost: string
  readonly gatewayPort: number
  /** Host names of the applications behind the gateway. */
  readonly applications: readonly string[]
}

interface Session {
  readonly person: string
  readonly name: string
  readonly accessToken: string
}

const sessionCookie = 'demo_session'
const signInCookie = 'demo_sign_in'
const signInTimeMs = 600_000
const gatewayTimeoutMs = 30_000
const maxEntries = 1_000

/**
 * Lets a browser take part: signs its user in at the provider, keeps the tokens to itself, and
 * sends every request through the gateway with the user's token, as curl does in the tour. It
 * decides nothing. The gateway takes tokens, so something has to hold them for a browser.
 */
export async function startBrowserClient(options: BrowserOptions): Promise<Listener> {
  const server = createServer()
  const listener = await listenOn(server, options.host, options.port)
  const client = new BrowserClient(options, listener.port)
  server.on('request', (request, response) => void client.answer(request, response))
  return listener
}

/** Where sign-ins may come back to: this client under each of its names. */
export function browserRedirectUris(port: number, applications: readonly string[]): string[] {
  return ['localhost', ...applications].map(
    (host) => `http://${host}:${port}${browserRedirectPath}`,
  )
}

class BrowserClient {
  readonly #options: BrowserOptions
  readonly #port: number
  readonly #sessions = new ExpiringMap<Session>(maxEntries)
  readonly #signIns = new ExpiringMap<{ readonly signIn: SignIn; readonly to: string }>(maxEntries)

  constructor(options: BrowserOptions, port: number) {
    this.#options = options
    this.#port = port
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#route(request, response)
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      await sendPage(response, 502, browserProblemPage('This did not work', detail))
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const authority = request.headers.host ?? ''
    const host = authority.slice(0, authority.lastIndexOf(':'))
    const isHome = authority === `localhost:${this.#port}`
    if (!isHome && !(this.#options.applications.includes(host) && this.#isOurs(authority))) {
      const problem = browserProblemPage('Wrong host', `Open http://localhost:${this.#port}/`)
      return sendPage(response, 421, problem)
    }
    const url = new URL(request.url ?? '/', `http://${authority}`)
    if (url.origin !== `http://${authority}`) {
      return sendPage(response, 400, browserProblemPage('Wrong address', 'That is not a path.'))
    }
    const session = this.#sessions.get(readCookie(request.headers, sessionCookie))
    if (url.pathname === browserRedirectPath) return this.#finish(request, response, url)
    if (isHome && request.method === 'POST') return this.#switchPerson(request, response, session)
    if (session === undefined) {
      return this.#begin(response, authority, request.method === 'GET' ? (request.url ?? '/') : '/')
    }
    if (!isHome) return this.#relay(request, response, host, session)
    return sendPage(response, 200, browserHomePage(session.name, this.#port))
  }

  #isOurs(authority: string): boolean {
    return authority.endsWith(`:${this.#port}`)
  }

  async #begin(
    response: ServerResponse,
    authority: string,
    to: string,
    prompt?: 'login',
  ): Promise<void> {
    const provider = await discoverProvider(this.#options.providerIssuer)
    const redirectUri = `http://${authority}${browserRedirectPath}`
    const signIn = beginSignIn(provider, {
      id: browserClientId,
      redirectUri,
      ...(prompt && { prompt }),
    })
    this.#signIns.set(signIn.state, { signIn, to }, signInTimeMs)
    setCookie(response, signInCookie, signIn.state)
    redirect(response, signIn.url)
  }

  /** The way back from the provider; only in the browser that began, and only once. */
  async #finish(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const state = url.searchParams.get('state') ?? ''
    const begun = this.#signIns.get(state)
    this.#signIns.delete(state)
    if (begun === undefined || readCookie(request.headers, signInCookie) !== state) {
      const problem = browserProblemPage('This sign-in is over', 'Begin again from the start page.')
      return sendPage(response, 400, problem)
    }
    const provider = await discoverProvider(this.#options.providerIssuer)
    const tokens = await finishSignIn(provider, begun.signIn, url.searchParams)
    const keys = createRemoteJWKSet(new URL(provider.jwks))
    const { payload } = await jwtVerify(tokens.idToken ?? '', keys, {
      issuer: provider.issuer,
      audience: browserClientId,
      algorithms: ['RS256'],
    })
    if (payload['nonce'] !== begun.signIn.nonce) throw new Error('another sign-in came back')
    const person = payload.sub ?? ''
    const name = typeof payload['name'] === 'string' ? payload['name'] : person
    const id = randomBytes(32).toString('base64url')
    const { accessToken, expiresInS } = tokens
    this.#sessions.set(id, { person, name, accessToken }, expiresInS * 1_000)
    setCookie(response, sessionCookie, id)
    redirect(response, begun.to)
  }

  async #switchPerson(
    request: IncomingMessage,
    response: ServerResponse,
    session: Session | undefined,
  ): Promise<void> {
    const authority = request.headers.host ?? ''
    if (request.headers.origin !== `http://${authority}`) {
      return sendPage(response, 403, browserProblemPage('Not from here', 'Use the button.'))
    }
    // Each host name has a cookie of its own: all of a person's sessions end together.
    this.#sessions.deleteWhere(({ person }) => person === session?.person)
    return this.#begin(response, authority, '/', 'login')
  }

  async #relay(
    request: IncomingMessage,
    response: ServerResponse,
    host: string,
    session: Session,
  ): Promise<void> {
    const { gatewayHost, gatewayPort } = this.#options
    const { origin } = request.headers
    if (origin !== undefined && origin !== `http://${request.headers.host}`) {
      return sendPage(response, 403, browserProblemPage('Not from here', `It came from ${origin}.`))
    }
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const forwarded = sendRequest(
        {
          host: gatewayHost,
          port: gatewayPort,
          method: request.method,
          path: request.url,
          timeout: gatewayTimeoutMs,
          headers: {
            ...pick(request.headers, [
              'accept',
              'content-type',
              'content-length',
              'accept-language',
            ]),
            host: `${host}:${gatewayPort}`,
            authorization: `Bearer ${session.accessToken}`,
          },
        },
        resolve,
      )
      forwarded.once('timeout', () => forwarded.destroy(new Error('the gateway does not answer')))
      forwarded.once('error', reject)
      response.once('close', () => forwarded.destroy())
      request.pipe(forwarded)
    })
    response.writeHead(answer.statusCode ?? 502, {
      ...pick(answer.headers, [
        'content-type',
        'content-length',
        'content-security-policy',
        'location',
        'cache-control',
        'x-content-type-options',
        'referrer-policy',
      ]),
    })
    answer.once('error', () => response.destroy())
    answer.pipe(response)
  }
}

function pick(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of names) {
    const value = headers[name]
    if (typeof value === 'string') found[name] = value
  }
  return found
}

function readCookie(headers: IncomingHttpHeaders, name: string): string {
  const pairs = (headers.cookie ?? '').split('; ')
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
}

function setCookie(response: ServerResponse, name: string, value: string): void {
  response.appendHeader('set-cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax`)
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location, 'cache-control': 'no-store' })
  response.end()
}

async function sendPage(response: ServerResponse, status: number, markup: Markup): Promise<void> {
  const body = String(await markup)
  if (!response.headersSent) response.writeHead(status, { ...pageHeaders })
  response.end(body)
}
