import { describe, expect, it } from 'vitest'
import { compilePolicies } from '../../src/policy/compile.ts'
import { diagnose, soundFiles } from './samples.ts'

function routed(upstream: string, route: string, more = ''): string {
  return diagnose({
    ...soundFiles,
    'routes.yaml': `
      routes:
        - host: expenses.localhost
          upstream: '${upstream}'
          paths:
            ${route}: { action: view, resource: expense, id: '"1"', attributes: { owner: subject.id }${more} }
    `,
  })
}

describe('what is said about routes that go too far', () => {
  it.each([
    [
      'unix:app.sock',
      'is not the path of a socket [write an absolute path, as in "unix:/run/app.sock"]',
    ],
    ['unix:/run/../app.sock', 'is not the path of a socket'],
    [
      `unix:/run/${'a'.repeat(120)}`,
      'is too long for a socket [use a path of at most 103 characters]',
    ],
  ])('an upstream %s', (upstream, message) => {
    expect(routed(upstream, 'GET /a')).toContain(message)
  })

  it.each([
    ['/a', 'the route has no method [write it before the path, as in "GET /a"]'],
    [`GET ${'/a'.repeat(200)}`, 'the path has more than 32 segments'],
  ])('a route %#', (route, message) => {
    expect(routed('http://127.0.0.1:9500', route)).toContain(message)
  })

  it.each([
    [
      'GET /a',
      'h2c',
      '"h2c" would carry requests past the gateway [name a protocol that is no HTTP, such as websocket]',
    ],
    ['POST /a', 'websocket', 'a WebSocket begins with GET, not POST [name it at the route of GET]'],
  ])('%s, upgraded to %s', (route, protocol, message) => {
    expect(routed('http://127.0.0.1:9500', route, `, upgrade: ${protocol}`)).toContain(message)
  })
})

describe('what is said about a file that goes too far', () => {
  it('half of a character', () => {
    expect(diagnose({ ...soundFiles, 'x.yaml': 'resource: "a\ud800"' })).toContain(
      'half of a surrogate pair',
    )
  })

  it.each([
    ['[', 5_000, 'nested too deeply to be read'],
    ['[', 50, 'nested deeper than 32 levels'],
  ])('%s, %i times', (bracket, times, message) => {
    const text = `resource: ${bracket.repeat(times)}${times > 100 ? '' : ']'.repeat(times)}`
    expect(diagnose({ ...soundFiles, 'x.yaml': text })).toContain(message)
  })

  it.each([
    [2_000, 900, 'more than 1000000 values'],
    [1, 1_100, 'more than 1000 aliases'],
  ])('aliases of %i values, %i times', (values, times, message) => {
    const text = `a: &a [${'1, '.repeat(values)}1]\nb: [${'*a, '.repeat(times)}*a]`
    const { diagnostics } = compilePolicies([{ path: 'x.yaml', text }])
    expect(diagnostics.map((each) => each.message).join()).toContain(message)
  })
})
