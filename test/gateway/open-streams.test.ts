import { afterEach, expect, it } from 'vitest'
import type { OpenStream } from '../../src/gateway/open-stream.ts'
import { OpenStreams } from '../../src/gateway/open-streams.ts'
import { SnapshotHolder } from '../../src/gateway/snapshot.ts'
import type { Upgraded } from '../../src/gateway/upgraded.ts'
import { systemClock } from '../../src/model/clock.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import { buildAccessRequest, matchRoute } from '../../src/route/route.ts'
import { factsOf } from '../route/samples.ts'
import { eventually, identityOf } from './front-door.ts'

const count = 10_000
const facts = factsOf({ path: '/notes/1' })

function policiesWith(rule: string): Pick<SnapshotHolder['current'], 'policies' | 'routes'> {
  const { policies, routes } = compilePolicies([
    {
      path: 'note.yaml',
      text: `resource: note\nactions: [read]\nrules:\n  - { id: all, permit: [read] }\n${rule}`,
    },
    {
      path: 'routes.yaml',
      text: `routes:
  - upstream: http://127.0.0.1:9
    paths: { 'GET /notes/{id}': { action: read, resource: note, id: path.id } }
`,
    },
  ])
  if (policies === null || routes === null) throw new Error('They compile')
  return { policies, routes }
}

let busy: NodeJS.Immediate | null = null
let turns = 0
afterEach(() => {
  if (busy !== null) clearImmediate(busy)
})

/** Takes so much of each turn of the event loop, as requests do to a process that has no time left. */
function keepBusy(eachTurnMs: number): void {
  const untilMs = performance.now() + eachTurnMs
  while (performance.now() < untilMs);
  turns += 1
  busy = setImmediate(() => keepBusy(eachTurnMs))
}

it('cuts all of one subject among ten thousand in a few turns, however busy the process', async () => {
  const { policies, routes } = policiesWith('')
  const holder = new SnapshotHolder(policies, routes)
  const streams = new OpenStreams({
    holder,
    clock: systemClock,
    clockSkewMs: 0,
    recheckIntervalMs: 60_000,
  })
  const order: string[] = []
  let cutCount = 0
  const open = (index: number): void => {
    const identity = identityOf(index % 4 === 0 ? 'mallory' : `user-${index}`)
    const match = matchRoute(routes, 'GET', facts.host, facts.path)
    if (match.kind === 'miss') throw new Error('There is a route')
    const request = buildAccessRequest(match, facts, identity, Date.now())
    if ('kind' in request) throw new Error(request.detail)
    const stream: OpenStream = {
      facts,
      identity,
      request,
      upload: null,
      protocol: null,
      decidedAtMs: performance.now(),
      asked: holder.current,
      question: null,
      list: null,
      previous: null,
      next: null,
      cut: () => {
        cutCount += 1
        order.push('cut')
      },
      release: () => order.push('release'),
    }
    streams.addUpgrade(stream as Upgraded)
  }
  for (let index = 0; index < count; index += 1) open(index)
  keepBusy(20)
  const changed = policiesWith(
    `  - { id: not-mallory, deny: [read], when: 'subject.id == "mallory"' }\n`,
  )
  turns = 0
  holder.swap(changed.policies, changed.routes)
  await eventually(() => cutCount === count / 4, 'the last cut')
  // With the least that each turn does it would take 625; on a machine of its own it takes 15.
  expect(turns).toBeLessThan(150)
  await eventually(() => order.length === count / 2, 'the last release')
  expect(order.indexOf('release')).toBe(count / 4)
})
