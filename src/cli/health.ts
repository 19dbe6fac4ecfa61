import { request } from 'node:http'
import type { Command } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { defaultConfig } from '../config/config.ts'
import { configVariable, type Environment } from '../config/environment.ts'
import { readConfig } from '../config/read-config.ts'

const timeoutMs = 2_000
const maxAnswerBytes = 1_048_576

export const healthCommand: Command = {
  verb: 'health',
  summary: 'ask a running process whether it is live or ready',
  description: [
    'Asks the operations listener of the process on this machine, where the configuration and the environment say it is, and prints its answer. Made for the health checks of container runtimes, whose images have no curl.',
  ],
  positionals: [],
  options: [
    {
      name: 'config',
      short: 'c',
      value: 'FILE',
      does: 'Configuration of the process',
      variable: configVariable,
    },
    { name: 'ready', does: 'Ask whether it is ready to serve, not only whether it is live' },
    { name: 'json', does: 'Print the answer as it came, which is JSON' },
  ],
  examples: [
    { line: 'sallyport health', does: 'Whether the process on port 8282 is live.' },
    {
      line: 'sallyport health --ready --json | jq .items',
      does: 'What is ready and what is not.',
    },
  ],
  exits: [
    [exitCodes.ok, 'live, or ready'],
    [exitCodes.negative, 'it answers, and is not ready'],
    [exitCodes.unusable, 'the command line is wrong'],
    [exitCodes.unavailable, 'nobody answers'],
  ],

  async run(args, { output, environment }) {
    const { host, port } = await findOperations(args.text('config'), environment)
    const path = args.has('ready') ? '/readyz' : '/livez'
    const answer = await ask(host, port, path)
    if (typeof answer === 'string') {
      output.error(`no answer from ${host}:${port}: ${answer}`)
      return exitCodes.unavailable
    }
    const isGood = answer.status === 200
    if (args.has('json')) output.result(answer.body)
    else output.result(`${args.has('ready') ? 'ready' : 'live'}: ${isGood ? 'yes' : 'no'}`)
    return isGood ? exitCodes.ok : exitCodes.negative
  },
}

/**
 * A configuration that has errors by now does not make the process unhealthy that was started with
 * it before: then the environment and the defaults have to do.
 */
async function findOperations(
  option: string | undefined,
  environment: Environment,
): Promise<{ readonly host: string; readonly port: number }> {
  const file = option ?? environment[configVariable]
  const read = file === undefined || file === '' ? null : await readConfig(file, environment)
  const { host, port } = read?.config?.operations ?? {
    host: environment['SALLYPORT_OPERATIONS_HOST'] || defaultConfig.operations.host,
    port: Number(environment['SALLYPORT_OPERATIONS_PORT'] || defaultConfig.operations.port),
  }
  if (host === '0.0.0.0') return { host: '127.0.0.1', port }
  return host === '::' ? { host: '::1', port } : { host, port }
}

type Answer = { readonly status: number; readonly body: string } | string

function ask(host: string, port: number, path: string): Promise<Answer> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs)
    const fail = (error: NodeJS.ErrnoException): void => {
      resolve(signal.aborted ? `not within ${timeoutMs} ms` : (error.code ?? error.message))
    }
    try {
      const asked = request({ host, port, path, signal, agent: false }, (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (text: string) => {
          body += text
          if (body.length > maxAnswerBytes) response.destroy(new Error('too long an answer'))
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
        response.on('error', fail)
      })
      asked.on('error', fail)
      asked.end()
    } catch (error) {
      fail(error as NodeJS.ErrnoException)
    }
  })
}
