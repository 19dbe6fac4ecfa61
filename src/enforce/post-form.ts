import { Buffer } from 'node:buffer'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent, request as requestHttps } from 'node:https'

export interface FormAnswer {
  readonly status: number
  readonly body: string
}

export interface FormRequest {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly form: URLSearchParams
  readonly timeoutMs: number
  readonly maxBytes: number
}

const maxHeaderBytes = 16_384
// Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
const agent = new Agent({ keepAlive: true, rejectUnauthorized: true, maxSockets: 32 })

/** One POST, or why there is no answer. No redirect is followed: it would carry the token elsewhere. */
export function postForm(request: FormRequest): Promise<FormAnswer | string> {
  const { url, headers, form, timeoutMs, maxBytes } = request
  const body = form.toString()
  const signal = AbortSignal.timeout(timeoutMs)
  return new Promise((resolve) => {
    const fail = (error: Error): void => {
      resolve(signal.aborted ? 'no answer in time' : error.message)
    }
    const options = {
      method: 'POST',
      signal,
      maxHeaderSize: maxHeaderBytes,
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(Buffer.byteLength(body)),
        'user-agent': 'sallyport',
        ...headers,
      },
    }
    const answered = (response: IncomingMessage): void => {
      response.on('error', fail)
      readBody(response, maxBytes, resolve)
    }
    const sent =
      url.protocol === 'https:'
        ? requestHttps(url, { ...options, agent }, answered)
        : requestHttp(url, options, answered)
    sent.on('error', fail)
    sent.end(body)
  })
}

function readBody(
  response: IncomingMessage,
  maxBytes: number,
  resolve: (answer: FormAnswer | string) => void,
): void {
  const chunks: Buffer[] = []
  let length = 0
  response.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length <= maxBytes) {
      chunks.push(chunk)
      return
    }
    resolve(`the answer is larger than ${maxBytes} bytes`)
    response.destroy()
  })
  response.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8')
    resolve({ status: response.statusCode ?? 0, body })
  })
  response.on('aborted', () => resolve('the connection ended before the answer did'))
}
