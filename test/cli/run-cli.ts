import { PassThrough, Readable } from 'node:stream'
import { runCommandLine } from '../../src/cli/command-line.ts'
import { type Finished, repository, type SpawnOptions } from './spawn-cli.ts'

type RunOptions = Pick<SpawnOptions, 'cwd' | 'environment' | 'input'>

/**
 * One command line in this process, for what does not depend on having one of its own. The working
 * folder belongs to the process: one call after the other.
 */
export async function runCli(
  args: readonly string[],
  { cwd = repository, environment = {}, input = '' }: RunOptions = {},
): Promise<Finished> {
  const before = process.cwd()
  process.chdir(cwd)
  const stdout = collect()
  const stderr = collect()
  try {
    const code = await runCommandLine(args, {
      stdin: Readable.from(input === '' ? [] : [Buffer.from(input)]),
      stdout: stdout.stream,
      stderr: stderr.stream,
      environment,
      exitNow: (early) => {
        throw new Error(`Ended early with ${early}`)
      },
    })
    return { code, stdout: stdout.text(), stderr: stderr.text() }
  } finally {
    process.chdir(before)
  }
}

function collect(): { readonly stream: PassThrough; readonly text: () => string } {
  const stream = new PassThrough()
  let text = ''
  stream.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  return { stream, text: () => text }
}
