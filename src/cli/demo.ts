import { basename, relative } from 'node:path'
import type { Command, OptionSpec, ParsedArguments } from './command.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import type { Output } from './output.ts'
import { showDiagnostics } from './show-diagnostics.ts'
import { Fault } from '../model/fault.ts'
import {
  choosePorts,
  defaultDemoPorts,
  demoHost,
  demoPortNames,
  type DemoPorts,
  demoPortUses,
} from '../demo/ports.ts'
import { supervise } from '../runtime/lifecycle.ts'
import { UnusablePolicies } from '../runtime/unusable-policies.ts'
import { createLog } from '../telemetry/log.ts'

const closeTimeoutMs = 10_000

export const demoCommand: Command = {
  verb: 'demo',
  summary: 'identity provider, two applications and the gateway, in one command',
  description: [
    'Starts a real OpenID provider with a handful of people, two sample applications (accounting and a source repository), and the gateway in front of them on ./policies. Prints what runs where and a tour to paste: a token, a permitted call, a denied one and why, and an edit of a policy that changes the answer.',
    'Everything listens on loopback only, keeps its state in memory and is gone afterwards. The identity provider is for trying things out, never for production.',
  ],
  positionals: [],
  options: [
    { name: 'policies', value: 'DIR', does: 'Folder of policies', default: './policies' },
    { name: 'port-offset', value: 'N', does: 'Add N to every port', default: '0' },
    ...demoPortNames.map((name): OptionSpec => ({
      name: `${name}-port`,
      value: 'N',
      does: `Port of the ${demoPortUses[name]}`,
      default: String(defaultDemoPorts[name]),
    })),
  ],
  examples: [
    { line: 'sallyport demo', does: 'Runs until Ctrl-C.' },
    { line: 'sallyport demo --port-offset 1000', does: 'On 9080, 9181 and so on.' },
  ],
  exits: [
    [exitCodes.ok, 'stopped by Ctrl-C or SIGTERM'],
    [exitCodes.unusable, 'the policies have errors, or an option is wrong'],
    [exitCodes.unavailable, 'a port is taken, or the identity provider is not installed'],
  ],

  async run(args, { output, exitNow }) {
    const ports = readPorts(args)
    if (typeof ports === 'string') {
      output.error(ports)
      return exitCodes.unusable
    }
    try {
      const policiesDir = args.text('policies') ?? './policies'
      const { startDemo } = await import('../demo/demo.ts')
      const demo = await startDemo({
        ports,
        policiesDir,
        command: howCalled(process.argv),
        say: output.note,
      })
      output.result(demo.tour)
      const { stopped } = supervise(
        // The demo's own runtime watches its policies; there is nothing else to reload.
        { reload: () => Promise.resolve(), close: () => demo.close() },
        { log: createLog('warn'), events: process, closeTimeoutMs, exitNow },
      )
      await stopped
      return exitCodes.ok
    } catch (error) {
      return reportFault(error, output)
    }
  },
}

export const demoTokenCommand: Command = {
  verb: 'demo token',
  summary: 'print an access token for a person of the running demo',
  description: [
    'Signs the person in at the running demo by the authorization code flow with PKCE, as a browser would, and prints the access token it gets.',
  ],
  positionals: [{ name: 'USER', does: 'amara, felix, emil, mona or cora', isRequired: true }],
  options: [
    {
      name: 'provider-port',
      value: 'N',
      does: 'Port of the demo identity provider',
      default: String(defaultDemoPorts.provider),
    },
    { name: 'json', does: 'Print access_token, token_type and expires_in as JSON' },
  ],
  examples: [
    {
      line: 'TOKEN=$(sallyport demo token amara)',
      does: 'Keeps a token of the accountant in a variable of the shell.',
    },
    {
      line: 'sallyport demo token emil --json',
      does: 'The token with its lifetime.',
    },
  ],
  exits: [
    [exitCodes.ok, 'a token was printed'],
    [exitCodes.unusable, 'there is no such person'],
    [exitCodes.unavailable, 'the demo does not run'],
  ],

  async run(args, { output }) {
    const { findPerson, people } = await import('../demo/people.ts')
    const user = args.positionals[0] ?? ''
    if (findPerson(user) === undefined) {
      output.error(`there is no "${user}" in the demo`)
      output.note(`Try ${people.map(({ id, title }) => `${id} (${title})`).join(', ')}.`)
      return exitCodes.unusable
    }
    const port = readPort(args, 'provider-port') ?? defaultDemoPorts.provider
    if (typeof port === 'string') {
      output.error(port)
      return exitCodes.unusable
    }
    try {
      const { obtainToken } = await import('../demo/token.ts')
      const { accessToken, tokenType, expiresInS } = await obtainToken(
        `http://${demoHost}:${port}`,
        user,
      )
      if (args.has('json')) {
        output.json({ access_token: accessToken, token_type: tokenType, expires_in: expiresInS })
      } else output.result(accessToken)
      return exitCodes.ok
    } catch (error) {
      return reportFault(error, output)
    }
  },
}

function reportFault(error: unknown, output: Output): ExitCode {
  if (!(error instanceof Fault)) throw error
  if (error instanceof UnusablePolicies) {
    const { diagnostics, texts } = error
    if (diagnostics.length > 0) output.note(showDiagnostics(diagnostics, texts))
  }
  output.error(error.message)
  return error.code === 'ERR_READ' ? exitCodes.unusable : exitCodes.unavailable
}

/** The ports, or what is wrong with the options. */
function readPorts(args: ParsedArguments): DemoPorts | string {
  const offset = readPort(args, 'port-offset') ?? 0
  if (typeof offset === 'string') return offset
  const chosen: Partial<Record<keyof DemoPorts, number>> = {}
  for (const name of demoPortNames) {
    const port = readPort(args, `${name}-port`)
    if (typeof port === 'string') return port
    if (port !== null) chosen[name] = port
  }
  const ports = choosePorts(offset, chosen)
  const tooHigh = demoPortNames.find((name) => ports[name] > 65_535)
  return tooHigh === undefined ? ports : `--port-offset ${offset} puts a port past 65535`
}

function readPort(args: ParsedArguments, option: string): number | string | null {
  const text = args.text(option)
  if (text === undefined) return null
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : Number.NaN
  return port <= 65_535 ? port : `--${option} must be a whole number from 0 to 65535`
}

/** How the user would call this program again, for commands to paste. */
function howCalled([, script = '']: readonly string[]): string {
  const event = process.env['npm_lifecycle_event']
  if (event === 'npx') return 'npx sallyport'
  if (event !== undefined) return 'npm run -s sallyport --'
  const name = basename(script)
  return name === 'sallyport' ? name : `node ${relative(process.cwd(), script)}`
}
