import { parseArgs } from 'node:util'
import { compareRuns, printDifferences, printTotals } from './compare-runs.ts'
import { startHaproxy } from './haproxy.ts'
import { startNginx } from './nginx.ts'
import { requestCases } from './request-cases.ts'
import { responseCases } from './response-cases.ts'
import { openGateway, type OpenStand, type Run, runRequests, runResponses } from './runs.ts'

const help = `Usage: npm run smuggling -- [options]

Sends malformed and ambiguous requests through the gateway and lets an upstream answer with malformed
and ambiguous responses, accounts for every octet on both sides, does the same with nginx and HAProxy
and prints where the three differ. The same seed sends the same octets. Ends with 1 when the gateway
did what it must not do.

  --seed N      default 1
  --count N     requests, and as many responses (default 5000)
  --only NAME   requests or responses
  --alone       without nginx and HAProxy
  --show N      print so many of the gateway's faults with their octets (default 10)
`

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '5000' },
    only: { type: 'string' },
    alone: { type: 'boolean', default: false },
    show: { type: 'string', default: '10' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const seed = Number(values.seed)
const count = Number(values.count)
const out = (line: string): void => void process.stdout.write(`${line}\n`)

const foreign =
  (start: typeof startNginx): OpenStand =>
  async (upstreamPort) => ({ ...(await start(upstreamPort)), records: null })

const stands: readonly OpenStand[] = values.alone
  ? [openGateway]
  : [openGateway, foreign(startNginx), foreign(startHaproxy)]
const names = ['Sallyport', 'nginx', 'HAProxy']

if (values.help) {
  out(help)
} else {
  if (values.only !== 'responses') {
    const cases = requestCases(seed, count)
    await report('requests', cases, (open) => runRequests(cases, open))
  }
  if (values.only !== 'requests') {
    const cases = responseCases(seed, count)
    await report('responses', cases, (open) => runResponses(cases, open))
  }
}

async function report(
  what: string,
  cases: readonly { readonly id: string; readonly bytes: string }[],
  run: (open: OpenStand) => Promise<Run>,
): Promise<void> {
  out(`\n${cases.length} different ${what}, seed ${seed}`)
  const runs: Run[] = []
  for (const open of stands) runs.push(await run(open))
  const [ours] = runs
  if (ours === undefined) return
  printTotals(names, runs, out)
  if (runs.length > 1) printDifferences(names, compareRuns(runs), out)
  const faults = ours.findings.filter(({ wrongs }) => wrongs.length > 0)
  for (const wrong of ours.wrongs) out(`fault: ${wrong}`)
  for (const { id, name, wrongs } of faults.slice(0, Number(values.show))) {
    const bytes = cases.find((one) => one.id === id)?.bytes ?? ''
    out(`fault: ${name}: ${wrongs.join('; ')}\n  ${JSON.stringify(bytes.slice(0, 2_000))}`)
  }
  out(`${what}: ${faults.length + ours.wrongs.length} faults of the gateway`)
  if (faults.length + ours.wrongs.length > 0) process.exitCode = 1
}
