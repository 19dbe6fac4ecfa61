import { parseArgs } from 'node:util'
import { runSoak } from './run-soak.ts'

// Usage: npm run soak -- --minutes 30 --seed 7
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    workers: { type: 'string', default: '2' },
    clients: { type: 'string', default: '24' },
    sockets: { type: 'string', default: '40' },
  },
})
const seed = Number(values.seed)
const say = (line: string): void => {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`)
}
say(`seed ${seed}`)
const report = await runSoak({
  seconds: Number(values.minutes) * 60,
  seed,
  workers: Number(values.workers),
  clients: Number(values.clients),
  sockets: Number(values.sockets),
  reloadEveryMs: 5_000,
  faultEveryMs: 4_000,
  say,
})
process.stdout.write(`${JSON.stringify({ seed, ...report }, null, 2)}\n`)

/** Of what lives long enough; the rest is noise of a collector that need not hurry. */
const growthMiB = 24
const grown = report.memory.filter(({ firstMiB, lastMiB }) => lastMiB - firstMiB > growthMiB)
for (const one of grown) say(`GROWN ${JSON.stringify(one)}`)
const { unaccounted, brokenLines, doubled } = report.account
// One that is killed while it writes leaves a line cut short, and no other line is touched by it.
const isWhole = unaccounted + doubled === 0 && brokenLines <= report.kills
const isSound = Object.keys(report.violations).length === 0 && grown.length === 0 && isWhole
say(isSound ? 'sound' : 'NOT SOUND')
process.exit(isSound ? 0 : 1)
