import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import type { RouteSyntax } from './syntax.ts'

/**
 * Protocols whose messages are requests of their own: behind such a switch they would reach the
 * upstream without being matched or decided on.
 */
const carriesRequests = /^(?:h2c?|http|tls|connect-udp|connect-ip|connect-tcp)(?:$|\/|-)/

/** The protocols that a route lets its connection be switched to, in lower case. */
export function readUpgrades(
  route: RouteSyntax,
  method: string,
  findings: Findings,
): readonly string[] {
  const upgrades: string[] = []
  for (const text of route.upgrade) {
    const protocol = text.value.toLowerCase()
    if (carriesRequests.test(protocol)) {
      findings.error(text, {
        code: 'refused-upgrade',
        message: `${quote(text.value)} would carry requests past the gateway`,
        hint: 'name a protocol that is no HTTP, such as websocket',
      })
    } else if (protocol === 'websocket' && method !== 'GET' && method !== 'ANY') {
      findings.error(text, {
        code: 'refused-upgrade',
        message: `a WebSocket begins with GET, not ${method}`,
        hint: 'name it at the route of GET',
      })
    } else if (!upgrades.includes(protocol)) {
      upgrades.push(protocol)
    }
  }
  return upgrades
}
