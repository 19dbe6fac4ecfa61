import assert from 'node:assert/strict'
import type { MicroResult } from './decide.bench.ts'
import { timeRounds } from './rounds.ts'

const rounds = 15
const readsPerRound = 50_000
const text = JSON.stringify({
  subject: { type: 'user', id: 'bench', properties: { department: 'sales', groups: ['staff'] } },
  action: { name: 'view' },
  resource: { type: 'document', id: '42', properties: { amount: 120.5 } },
})

export const yardstickName = 'yardstick: a small JSON text'

/** Work of the same kind that no change of ours touches: tells a slow machine from a slow program. */
export function benchYardstick(): MicroResult {
  const kept = new Map<string, number>()
  const times = timeRounds(rounds, readsPerRound, () => {
    for (let read = 0; read < readsPerRound; read += 1) {
      const { subject } = JSON.parse(text) as { readonly subject: { readonly id: string } }
      kept.set(subject.id, (kept.get(subject.id) ?? 0) + 1)
    }
  })
  assert.equal(kept.get('bench'), rounds * readsPerRound)
  return { name: yardstickName, ...times }
}
