import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Context } from 'hono'
import { html } from 'hono/html'

import type { Caller, ReadCaller } from './caller.ts'
import { page, pageHeaders } from './page.ts'
import type { Markup } from './page.ts'

type AppEnvironment = { Variables: { caller: Caller } }
export type App = Hono<AppEnvironment>
export type AppContext = Context<AppEnvironment>

export interface AppFrame {
  readonly name: string
  readonly accent: string
  readonly navigation: readonly { readonly href: string; readonly label: string }[]
}

const maxBodyBytes = 65_536

/**
 * A sample application: every request must carry the gateway's word on who is calling, but for those
 * paths that are for everybody.
 */
export function createApp(
  frame: AppFrame,
  readCaller: ReadCaller,
  publicPaths: readonly string[] = [],
): App {
  const app: App = new Hono()
  app.use(async (context, next) => {
    if (publicPaths.includes(context.req.path)) return next()
    const caller = await readCaller(context.req.raw.headers)
    if (typeof caller === 'string') {
      const detail = `${frame.name} answers nobody it cannot identify: ${caller}.`
      return reply(context, frame, { status: 401, title: 'Not through here', json: { detail } })
    }
    context.set('caller', caller)
    return next()
  })
  app.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: (context) => {
        const title = 'Too much at once'
        return reply(context, frame, { status: 413, title, json: { title } })
      },
    }),
  )
  app.notFound((context: AppContext) => nothingHere(context, frame))
  return app
}

export interface Answer {
  readonly title: string
  readonly status?: 200 | 201 | 400 | 401 | 404 | 409 | 413
  /** What a program gets. */
  readonly json: unknown
  /** What a person gets; without it the title and the JSON. */
  readonly body?: Markup
}

/** HTML for browsers, JSON for everybody else. */
export async function reply(context: Context, frame: AppFrame, answer: Answer): Promise<Response> {
  const status = answer.status ?? 200
  if (!wantsHtml(context)) {
    return context.body(`${JSON.stringify(answer.json, null, 2)}\n`, status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
    })
  }
  const caller = context.get('caller') as Caller | undefined
  const body = answer.body ?? html`<pre>${JSON.stringify(answer.json, null, 2)}</pre>`
  const markup = page(
    {
      title: answer.title,
      site: frame.name,
      accent: frame.accent,
      navigation: frame.navigation,
      ...(caller && { corner: html`${caller.name}`, footer: evidence(caller) }),
    },
    html`<h1>${answer.title}</h1>
      ${body}`,
  )
  return context.body(String(await markup), status, { ...pageHeaders })
}

export function nothingHere(context: AppContext, frame: AppFrame): Promise<Response> {
  return reply(context, frame, {
    status: 404,
    title: 'Nothing here',
    json: { title: 'Nothing here', path: context.req.path },
    body: html`<p>There is nothing at <code>${context.req.path}</code>.</p>`,
  })
}

/** After a change: a browser goes on to the page of the thing, a program gets the thing. */
export function changed(
  context: AppContext,
  frame: AppFrame,
  at: string,
  answer: Answer,
): Promise<Response> | Response {
  return wantsHtml(context) ? context.redirect(at, 303) : reply(context, frame, answer)
}

/** Fields of a form or of a JSON object, as text; anything else is empty. */
export async function readFields(context: AppContext): Promise<ReadonlyMap<string, string>> {
  const text = await context.req.text()
  if (!(context.req.header('content-type') ?? '').startsWith('application/json')) {
    return new Map(new URLSearchParams(text))
  }
  try {
    const value: unknown = JSON.parse(text)
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
    return new Map(entries.map(([name, field]) => [name, String(field)]))
  } catch {
    return new Map()
  }
}

function wantsHtml(context: Context): boolean {
  return (context.req.header('accept') ?? '').includes('text/html')
}

function evidence(caller: Caller): Markup {
  const rows = caller.headers.map(
    ([name, value]) =>
      html`<tr>
        <td><code>${name}</code></td>
        <td><code>${value.length > 60 ? `${value.slice(0, 24)}...` : value}</code></td>
      </tr>`,
  )
  return html`<details open>
    <summary>What the gateway told this application</summary>
    <div class="halves">
      <div>
        <p>
          <span class="tag good">signature verified</span> with the gateway's published keys:
          <code>sallyport-identity</code> says
        </p>
        <pre>${JSON.stringify(caller.claims, null, 2)}</pre>
      </div>
      <div>
        <p>The headers as they arrived</p>
        <table>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>
    </div>
  </details>`
}
