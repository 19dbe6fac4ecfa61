import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

/** Takes whatever comes and says nothing: attacking it costs the attackers what an attack costs them. */
const server = createServer((socket) => {
  socket.on('error', () => socket.destroy())
  socket.resume()
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 1_024 }, () => {
  process.stdout.write(`ready ${(server.address() as AddressInfo).port}\n`)
})
process.once('SIGTERM', () => process.exit(0))
