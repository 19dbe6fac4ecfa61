import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { Fault } from '../model/fault.ts'

export interface Listener {
  readonly port: number
  /** Cuts open connections: the demo keeps nothing worth waiting for. */
  close(): Promise<void>
}

export async function listenOn(server: Server, host: string, port: number): Promise<Listener> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(new Fault('ERR_LISTEN', `Cannot listen on ${host}:${port}`, { cause: error })),
    )
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
