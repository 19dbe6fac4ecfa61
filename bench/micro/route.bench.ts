import assert from 'node:assert/strict'
import { compilePolicies } from '../../src/policy/compile.ts'
import { matchRoute } from '../../src/route/route.ts'
import type { MicroResult } from './decide.bench.ts'
import { timeRounds } from './rounds.ts'

const routes = 1_000
const matchesPerRound = 500_000
const rounds = 9

/** Nanoseconds to match a path with two parameters among a thousand routes. */
export function benchMatchRoute(): MicroResult {
  const lines = Array.from(
    { length: routes },
    (_, at) =>
      `      GET /area-${at % 50}/{area}/thing-${at}/{id}: { action: view, resource: thing, id: path.id }`,
  )
  const { routes: table, diagnostics } = compilePolicies([
    { path: 'thing.yaml', text: 'resource: thing\nactions: [view]\nrules: []\n' },
    {
      path: 'routes.yaml',
      text: `routes:\n  - upstream: http://127.0.0.1:9\n    paths:\n${lines.join('\n')}\n`,
    },
  ])
  assert.ok(table !== null, JSON.stringify(diagnostics[0]))
  const paths = Array.from(
    { length: routes },
    (_, at) => `/area-${at % 50}/north/thing-${at}/item-${at * 31}`,
  )
  const times = timeRounds(rounds, matchesPerRound, () => {
    for (let done = 0; done < matchesPerRound; done += paths.length) {
      for (const path of paths) {
        if (matchRoute(table, 'GET', 'api.example.com', path).kind !== 'match') assert.fail(path)
      }
    }
  })
  return { name: 'match route: 1,000 routes', ...times }
}
