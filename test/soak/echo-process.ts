import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { acceptSockets } from '../gateway/web-socket.ts'

/** An upstream by itself, since one process may not have file descriptors for both ends. */
const upstream = createServer()
acceptSockets(upstream)
upstream.listen(0, '127.0.0.1', 4_096)
await once(upstream, 'listening')
process.send?.({ port: (upstream.address() as AddressInfo).port })
process.once('disconnect', () => process.exit(0))
