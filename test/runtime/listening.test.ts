import { describe, expect, it } from 'vitest'
import { bind } from '../../src/runtime/listening.ts'

function failing(code: string): { listen(): Promise<never> } {
  const cause = Object.assign(new Error(code), { code, syscall: 'listen' })
  return { listen: () => Promise.reject(cause) }
}

describe('a listener that cannot listen', () => {
  it.each([
    ['EADDRINUSE', 'somebody listens there, or it is a file of another kind'],
    ['ENOENT', 'there is no such folder'],
    ['EACCES', 'this user may not listen there'],
  ])('on a Unix socket because of %s says so, and what to change', async (code, why) => {
    const wanted = { host: '127.0.0.1', port: 8080, socket: '/run/gateway.sock' }
    await expect(bind('gateway', wanted, failing(code))).rejects.toThrow(
      `Cannot listen on /run/gateway.sock for the gateway: ${why}; choose another with "gateway.socket" or SALLYPORT_GATEWAY_SOCKET`,
    )
  })

  it('on a port says so, and what to change', async () => {
    const wanted = { host: '127.0.0.1', port: 8080, socket: null }
    await expect(bind('gateway', wanted, failing('EADDRINUSE'))).rejects.toThrow(
      'Cannot listen on 127.0.0.1:8080 for the gateway: the port is in use; choose another with "gateway.port"',
    )
  })
})
