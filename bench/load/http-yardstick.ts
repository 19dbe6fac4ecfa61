import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * Bare node:http that reads a POST to its end, parses it and answers with the very bytes of a
 * decision API, the id of the decision included, but for what it would take to come to them.
 */
const answer = '{"decision":true}'
const fields = [
  'Content-Type',
  'application/json',
  'Sallyport-Decision',
  '6f1ed002-ab5b-4a7b-9c9d-0b2f5a3f6f6e',
  'Content-Length',
  String(answer.length),
]

const server = createServer((req, res) => {
  const chunks: Buffer[] = []
  req.on('data', (chunk: Buffer) => chunks.push(chunk))
  req.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString())
    res.writeHead(200, fields)
    res.end(answer, 'latin1')
  })
})

server.keepAliveTimeout = 65_000
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  process.stdout.write(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
process.once('SIGTERM', () => process.exit(0))
