import { parseArgs } from 'node:util'
import { soakRedis, type Topology } from './redis-run.ts'

// Usage: npm run soak:redis -- --minutes 10 --topologies single,sentinel,cluster
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    topologies: { type: 'string', default: 'single,sentinel,cluster' },
  },
})
const topologies = values.topologies.split(',') as Topology[]
const secondsEach = (Number(values.minutes) * 60) / topologies.length
let failed = false
for (const topology of topologies) {
  const { rows, findings } = await soakRedis(topology, secondsEach)
  process.stdout.write(`\n${topology}, ${Math.round(secondsEach)} s\n`)
  for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`)
  for (const finding of findings) process.stdout.write(`WRONG: ${finding}\n`)
  failed ||= findings.length > 0
}
process.exitCode = failed ? 1 : 0
