import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

import type { Interaction, Provider } from 'oidc-provider'

import { Fault } from '../model/fault.ts'
import { findPerson } from './people.ts'
import { errorPage, homePage, loginPage } from './provider-pages.ts'
import { pageHeaders } from './page.ts'
import type { Markup } from './page.ts'
import { listenOn } from './listener.ts'
import type { Listener } from './listener.ts'
import { readForm } from './form.ts'
import { configureProvider } from './provider-configuration.ts'
import type { OidcLibrary, ProviderOptions } from './provider-configuration.ts'

export interface RunningProvider extends Listener {
  readonly issuer: string
}

/**
 * A real OpenID provider, for development only: anybody may sign in as anybody, and its keys are
 * made at start and gone at exit.
 */
export async function startProvider(options: ProviderOptions): Promise<RunningProvider> {
  const library = await loadLibrary()
  const server = createServer()
  const listener = await listenOn(server, options.host, options.port)
  const issuer = `http://${options.host}:${listener.port}`
  try {
    const configuration = await configureProvider(options, library.interactionPolicy.base())
    const provider = quietly(() => new library.Provider(issuer, configuration))
    answer(server, provider, new URL(issuer).host, options.browserUrl)
  } catch (error) {
    await listener.close()
    throw error
  }
  return { ...listener, issuer }
}

async function loadLibrary(): Promise<OidcLibrary> {
  try {
    return await quietly(() => import('oidc-provider'))
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND'
    const reason = isMissing
      ? 'the demo needs a checkout with development dependencies (npm ci)'
      : String(error)
    throw new Fault(
      'ERR_ISSUER_UNAVAILABLE',
      `Cannot load the demo's identity provider: ${reason}`,
      { cause: error },
    )
  }
}

/** The library says on the console that it is set up for development; so does its login page. */
function quietly<T>(work: () => T): T {
  const { info, warn } = console
  const restore = () => Object.assign(console, { info, warn })
  Object.assign(console, { info: () => {}, warn: () => {} })
  const result = work()
  if (result instanceof Promise) void result.then(restore, restore)
  else restore()
  return result
}

function answer(
  server: Server,
  provider: Provider,
  authority: string,
  browserUrl: string | null,
): void {
  const protocol = provider.callback()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // A page of another origin whose name was rebound to loopback must not get tokens here.
    if (request.headers.host !== authority) {
      void send(response, 421, errorPage('Wrong host', `This is ${authority}.`))
      return
    }
    const path = request.url?.split('?', 1)[0] ?? ''
    if (path === '/') {
      void send(response, 200, homePage(provider.issuer, browserUrl))
    } else if (path.startsWith('/interaction/')) {
      void interact(provider, request, response)
    } else {
      void protocol(request, response)
    }
  })
}

/** The login page, and the choice that comes back from it. */
async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const interaction = await provider.interactionDetails(request, response)
    if (request.method === 'POST') {
      const chosen = (await readForm(request))?.get('person') ?? ''
      if (findPerson(chosen) === undefined) {
        await send(response, 400, errorPage('Nobody chosen', 'That person is not in the demo.'))
        return
      }
      await forgetOther(provider, interaction, chosen)
      const result = { login: { accountId: chosen, remember: true } }
      await provider.interactionFinished(request, response, result)
      return
    }
    const client = await provider.Client.find(String(interaction.params['client_id']))
    await send(
      response,
      200,
      loginPage(`/interaction/${interaction.uid}`, client?.clientName ?? 'the demo'),
    )
  } catch {
    await send(
      response,
      400,
      errorPage('This sign-in is over', 'It expired, or it was begun in another browser.'),
    )
  }
}

/** Who signs in as somebody else has left: without that the provider asks to sign out first. */
async function forgetOther(
  provider: Provider,
  interaction: Interaction,
  chosen: string,
): Promise<void> {
  if (interaction.session === undefined || interaction.session.accountId === chosen) return
  const session = await provider.Session.findByUid(interaction.session.uid)
  await session?.destroy()
  interaction.session = undefined
  await interaction.persist()
}

async function send(response: ServerResponse, status: number, markup: Markup): Promise<void> {
  const body = String(await markup)
  if (!response.headersSent) response.writeHead(status, { ...pageHeaders })
  response.end(body)
}
