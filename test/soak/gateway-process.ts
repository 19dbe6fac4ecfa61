import assert from 'node:assert/strict'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { compilePolicies } from '../../src/policy/compile.ts'
import {
  type FrontDoor,
  identityOf,
  openFrontDoor,
  policyText,
  rolesText,
  routesText,
} from '../gateway/front-door.ts'

/** Asked by the parent, each answered by one message. */
export type GatewayCommand =
  | { readonly kind: 'usage'; readonly isCollected: boolean }
  /** From now on nobody of this name may do anything. */
  | { readonly kind: 'deny'; readonly subject: string }
  | { readonly kind: 'close' }

export interface GatewayUsage {
  readonly rssBytes: number
  readonly heapBytes: number
  readonly openStreams: number
  readonly cpuMs: number
  /** Longest turn of the event loop since last asked. */
  readonly longestTurnMs: number
}

/** A gateway by itself, so that its memory is its own: the first message names upstream and port. */
async function run(upstreamOrigin: string): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const known = new Map<string, ReturnType<typeof identityOf>>()
  const door = await openFrontDoor(() => {}, {
    upstreamOrigin,
    listen: {
      maxConnections: 40_000,
      maxClientConnections: 0,
      maxUpgrades: 20_000,
      maxBodyBytes: 0,
      upgradeIdleTimeoutMs: 3_600_000,
      overloadDelayMs: 0,
    },
    authenticator: {
      authenticate: ({ authorization }) => {
        const name = authorization?.replace(/^Bearer /, '') ?? ''
        let identity = known.get(name)
        if (identity === undefined) {
          identity = identityOf(name)
          known.set(name, identity)
        }
        return identity
      },
    },
  })
  let turnedAtMs = performance.now()
  let longestTurnMs = 0
  const turn = setInterval(() => {
    const nowMs = performance.now()
    longestTurnMs = Math.max(longestTurnMs, nowMs - turnedAtMs - 2)
    turnedAtMs = nowMs
  }, 2)
  const usage = (isCollected: boolean): GatewayUsage => {
    if (isCollected) collect()
    const { rss, heapUsed } = process.memoryUsage()
    const { user, system } = process.cpuUsage()
    const longest = longestTurnMs
    longestTurnMs = 0
    turnedAtMs = performance.now()
    return {
      rssBytes: rss,
      heapBytes: heapUsed,
      openStreams: door.gateway.openStreams,
      cpuMs: (user + system) / 1_000,
      longestTurnMs: longest,
    }
  }
  process.on('message', (command: GatewayCommand) => {
    if (command.kind === 'usage') process.send?.(usage(command.isCollected))
    else if (command.kind === 'deny') {
      deny(door, upstreamOrigin, command.subject)
      process.send?.({})
    } else {
      clearInterval(turn)
      process.exit(0)
    }
  })
  process.send?.({ port: door.port })
}

function deny(door: FrontDoor, upstreamOrigin: string, subject: string): void {
  const text = `${policyText}  - id: nobody-of-that-name
    deny: [view, edit]
    when: subject.id == "${subject}"
`
  const { policies, routes } = compilePolicies([
    { path: 'file.yaml', text },
    { path: 'roles.yaml', text: rolesText },
    { path: 'routes.yaml', text: routesText(upstreamOrigin) },
  ])
  assert(policies !== null && routes !== null, 'The policies compile')
  door.holder.swap(policies, routes)
}

if (process.send !== undefined) await run(process.argv[2] ?? '')
