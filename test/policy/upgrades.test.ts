import { expect, it } from 'vitest'
import { compilePolicies } from '../../src/policy/compile.ts'

const chat = { path: 'chat.yaml', text: 'resource: chat\nactions: [join]\nrules: []\n' }

function compileRoute(key: string, upgrade: string): ReturnType<typeof compilePolicies> {
  const text = `routes:
  - upstream: http://127.0.0.1:9500
    paths:
      ${key}: { action: join, resource: chat, upgrade: ${upgrade} }
`
  return compilePolicies([chat, { path: 'routes.yaml', text }])
}

it('keeps the protocols a route names, in lower case and once each', () => {
  const { routes } = compileRoute('GET /chat', '[WebSocket, websocket, SPDY/3.1]')
  expect(routes?.routes[0]?.upgrades).toEqual(['websocket', 'spdy/3.1'])
  expect(compileRoute('ANY /chat', 'websocket').routes?.routes[0]?.upgrades).toEqual(['websocket'])
})

it.each(['h2c', 'H2', 'HTTP/2.0', 'TLS/1.0', 'connect-udp'])(
  'refuses %s, behind which requests would go undecided',
  (protocol) => {
    const { routes, diagnostics } = compileRoute('GET /chat', `[${protocol}]`)
    expect(routes).toBeNull()
    expect(diagnostics.map(({ code }) => code)).toEqual(['refused-upgrade'])
  },
)

it('refuses a WebSocket at a method it cannot begin with', () => {
  const { diagnostics } = compileRoute('POST /chat', 'websocket')
  expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'refused-upgrade: a WebSocket begins with GET, not POST',
  ])
})

it.each(['[]', 'true', '"web socket"', '"a\\r\\nb"', '{}'])('refuses %s', (upgrade) => {
  expect(compileRoute('GET /chat', upgrade).routes).toBeNull()
})
