import { HttpService } from '../service/http-service.ts'
import type { ServiceAddress, ServiceLimits } from '../service/http-service.ts'
import { laterListener } from '../service/later-listener.ts'
import type { OperationsParts } from './app.ts'

export interface Operations {
  listen(): Promise<ServiceAddress>
  close(): Promise<void>
}

const limits: ServiceLimits = {
  maxHeaderBytes: 16_384,
  headersTimeoutMs: 5_000,
  requestTimeoutMs: 5_000,
  keepAliveTimeoutMs: 65_000,
  maxConnections: 256,
  closeIdleAfterMs: 0,
  closeTimeoutMs: 1_000,
}

export function createOperations(parts: OperationsParts): Operations {
  const app = laterListener(async () => {
    const { getRequestListener } = await import('@hono/node-server')
    const { createOperationsApp } = await import('./app.ts')
    return getRequestListener(createOperationsApp(parts).fetch, { overrideGlobalObjects: false })
  })
  const { host, port } = parts.options
  const place = { host, port, reusePort: parts.reusePort ?? false }
  const service = new HttpService('the operations listener', place, limits, (req, res) => {
    void app.listener(req, res)
  })
  return {
    listen: async () => {
      const address = await service.listen()
      setImmediate(app.prepare)
      return address
    },
    close: () => service.close(),
  }
}
