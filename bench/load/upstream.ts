import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The smallest useful upstream: 31 bytes of JSON, whatever is asked. */
const body = Buffer.from('{"service":"bench","ok":"true"}')
const headers = ['content-type', 'application/json', 'content-length', String(body.length)]

const server = createServer((req, res) => {
  req.resume()
  res.writeHead(200, headers)
  res.end(body)
})

server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
process.once('SIGTERM', () => process.exit(0))
