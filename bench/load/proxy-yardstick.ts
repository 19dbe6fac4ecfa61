import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Dispatcher, Pool } from 'undici'

/**
 * A bare `node:http` server in front of undici's `Pool.dispatch`: raw headers copied both ways,
 * bodies streamed, neither identity nor policy. What the gateway is compared with.
 */
const pool = new Pool(process.argv[2] ?? '', { connections: 256 })
const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te'])

class Exchange implements Dispatcher.DispatchHandler {
  readonly #res: ServerResponse
  #controller: Dispatcher.DispatchController | null = null

  constructor(res: ServerResponse) {
    this.#res = res
    res.on('close', () => {
      if (!res.writableFinished) this.#controller?.abort(new Error('the client went away'))
    })
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (status < 200) return
    const raw = (controller as unknown as { readonly rawHeaders: readonly Buffer[] }).rawHeaders
    const headers: string[] = []
    for (let index = 0; index + 1 < raw.length; index += 2) {
      const name = (raw[index] as Buffer).toString('latin1')
      if (hopByHop.has(name.toLowerCase())) continue
      headers.push(name, (raw[index + 1] as Buffer).toString('latin1'))
    }
    this.#res.writeHead(status, headers)
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#res.write(chunk)) return
    controller.pause()
    this.#res.once('drain', () => controller.resume())
  }

  onResponseEnd(): void {
    this.#res.end()
  }

  onResponseError(): void {
    if (this.#res.headersSent) this.#res.destroy()
    else this.#res.writeHead(502).end()
  }
}

function requestHeaders(req: IncomingMessage): string[] {
  const headers: string[] = []
  const raw = req.rawHeaders
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] as string
    if (!hopByHop.has(name.toLowerCase())) headers.push(name, raw[index + 1] as string)
  }
  return headers
}

const server = createServer((req, res) => {
  const hasBody =
    req.headers['content-length'] !== undefined || req.headers['transfer-encoding'] !== undefined
  pool.dispatch(
    {
      path: req.url ?? '/',
      method: req.method as Dispatcher.HttpMethod,
      headers: requestHeaders(req),
      body: hasBody ? req : null,
    },
    new Exchange(res),
  )
})

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
process.once('SIGTERM', () => process.exit(0))
