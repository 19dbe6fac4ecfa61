import assert from 'node:assert/strict'
import { casbin, casl, cedar, cerbos, sallyport } from './engines.ts'
import { expectedAnswers, type Peer, peerRequests, peerRules } from './question.ts'

export interface PeerResult {
  readonly name: string
  readonly note: string
  readonly nsPerOp: number
  /** Times the figure of Sallyport, in the same run. */
  readonly ratio: number
}

const rounds = 5
const roundMs = 200

/** One question, put to each engine in turn; medians of the rounds. */
export async function runPeers(): Promise<readonly PeerResult[]> {
  const peers: readonly Peer[] = [sallyport(), casl(), await casbin(), cedar(), ...(await cerbos())]
  try {
    const expected = expectedAnswers()
    assert.ok(expected.includes(true) && expected.includes(false))
    for (const peer of peers) {
      assert.deepEqual(await peer.ask(peerRequests), expected, `${peer.name} decides otherwise`)
      await measure(peer, roundMs)
    }
    const times = new Map<Peer, number[]>(peers.map((peer) => [peer, []]))
    for (let round = 0; round < rounds; round += 1) {
      const order = round % 2 === 0 ? peers : peers.toReversed()
      for (const peer of order) times.get(peer)?.push(await measure(peer, roundMs))
    }
    const medians = peers.map((peer) => median(times.get(peer) ?? []))
    const own = medians[0] ?? 0
    return peers.map(({ name, note }, at) => {
      const nsPerOp = medians[at] ?? 0
      return { name, note, nsPerOp, ratio: nsPerOp / own }
    })
  } finally {
    for (const peer of peers) await peer.close?.()
  }
}

async function measure(peer: Peer, forMs: number): Promise<number> {
  const startedAtMs = performance.now()
  let asked = 0
  let elapsedMs = 0
  while (elapsedMs < forMs) {
    const answer = peer.ask(peerRequests)
    if (answer instanceof Promise) await answer
    asked += peerRequests.length
    elapsedMs = performance.now() - startedAtMs
  }
  return (elapsedMs * 1e6) / asked
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}

export function printPeers(results: readonly PeerResult[]): string {
  const rows = results.map(({ name, note, nsPerOp, ratio }) =>
    [
      `  ${name.padEnd(15)}`,
      nsPerOp.toFixed(0).padStart(10),
      ratio.toFixed(1).padStart(9),
      `  ${note}`,
    ].join(''),
  )
  const title = `One question to ${peerRules.length} rules: a role and a condition over attributes`
  return `${title}\n  engine${' '.repeat(14)}ns/op    ratio  how\n${rows.join('\n')}`
}
