import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'

export interface Question {
  readonly method?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** The body as JSON. */
  json(): unknown
}

const timeoutMs = 30_000

/** One request on a connection of its own, and the whole answer to it. */
export function ask(origin: string, path: string, question: Question = {}): Promise<Reply> {
  const { method = 'GET', headers = {}, body } = question
  return new Promise((resolve, reject) => {
    const req = request(
      `${origin}${path}`,
      { method, headers, agent: false, timeout: timeoutMs },
      (res) => {
        const chunks: Buffer[] = []
        res.on('data', (chunk: Buffer) => chunks.push(chunk))
        res.on('error', reject)
        res.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          resolve({
            status: res.statusCode ?? 0,
            headers: res.headers,
            text,
            json: () => JSON.parse(text) as unknown,
          })
        })
      },
    )
    req.on('timeout', () => req.destroy(new Error(`${path}: no answer within ${timeoutMs} ms`)))
    req.on('error', reject)
    req.end(body)
  })
}
