import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'

export interface Visit {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** Where it ended after the redirects. */
  readonly url: URL
}

export interface VisitOptions {
  readonly method?: string
  readonly form?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly follow?: boolean
}

/** A browser as far as redirects and cookies go. Every name under localhost is this machine. */
export class Visitor {
  readonly #jars = new Map<string, Map<string, string>>()

  async visit(address: string, options: VisitOptions = {}): Promise<Visit> {
    let current = options
    let url = new URL(address)
    for (let hop = 0; hop < 12; hop += 1) {
      const visit = await this.#send(url, current)
      const { location } = visit.headers
      if (location === undefined || options.follow === false) return visit
      url = new URL(location, url)
      current = {}
    }
    throw new Error('redirected in circles')
  }

  forget(): void {
    this.#jars.clear()
  }

  #send(url: URL, options: VisitOptions): Promise<Visit> {
    const jar = this.#jars.get(url.hostname) ?? new Map<string, string>()
    this.#jars.set(url.hostname, jar)
    const body = options.form && new URLSearchParams(options.form).toString()
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: url.port,
          path: url.pathname + url.search,
          method: options.method ?? 'GET',
          headers: {
            host: url.host,
            accept: 'text/html',
            cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
            ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
            ...options.headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () => {
            keepCookies(jar, response.headers['set-cookie'] ?? [])
            const text = Buffer.concat(chunks).toString('utf8')
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text, url })
          })
        },
      )
      sent.on('error', reject)
      sent.end(body)
    })
  }
}

function keepCookies(jar: Map<string, string>, fields: readonly string[]): void {
  for (const field of fields) {
    const [pair = ''] = field.split(';', 1)
    const [name = '', ...value] = pair.split('=')
    jar.set(name, value.join('='))
  }
}
