import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'
import { repository, runCli as runProcess } from './spawn-cli.ts'

const verbs = ['demo', 'demo token', 'serve', 'validate', 'test', 'decide', 'health']

describe('help', () => {
  test('names every command and the exit codes', async () => {
    const { code, stdout } = await runProcess(['--help'])
    expect(code).toBe(0)
    for (const verb of verbs) expect(stdout).toMatch(new RegExp(`^ {2}${verb} `, 'mu'))
    expect(stdout).toMatch(/^ {2}3 {2}/mu)
  })

  test.each(verbs)(
    'of "%s" teaches: usage, options with defaults, two examples, exit codes',
    async (verb) => {
      const words = verb.split(' ')
      const first = await runCli([...words, '--help'])
      const second = await runCli(['help', ...words])
      expect(first).toEqual(second)
      const { code, stdout, stderr } = first
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toContain(`Usage: sallyport ${verb}`)
      expect(stdout).toMatch(/^Options:$/mu)
      expect(stdout).toMatch(/^Exit codes:\n {2}0 {2}/mu)
      const [, examples = ''] = stdout.split('Examples:\n')
      const lines = examples.split('\n').filter((line) => /^ {2}\S/u.test(line))
      expect(
        lines.filter((line) => line.includes(`sallyport ${words[0] ?? ''}`)).length,
      ).toBeGreaterThanOrEqual(2)
      expect(
        Math.max(
          ...stdout
            .split('\n')
            .filter((line) => !line.startsWith('  echo'))
            .map((line) => line.length),
        ),
      ).toBeLessThan(130)
    },
  )

  test('no command at all shows the help on stderr and is a usage error', async () => {
    const { code, stdout, stderr } = await runProcess([])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('Commands:')
  })

  test('the version names the program and Node.js', async () => {
    const { code, stdout } = await runProcess(['--version'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^sallyport \d+\.\d+\.\d+ \(Node\.js \d+\.\d+\.\d+\)\n$/u)
  })
})

describe('a wrong command line', () => {
  test.each([
    [['validat'], 'Unknown command "validat" (did you mean "validate"?)'],
    [['xyzzy'], 'Unknown command "xyzzy"'],
    [['help', 'sevre'], '(did you mean "serve"?)'],
    [['validate', '--jsno'], 'Did you mean "--json"?'],
    [['validate', '--json', '--json'], 'Option --json is given twice'],
    [['validate', '--json=yes'], 'Option --json takes no value'],
    [['validate', 'a', 'b'], 'Unexpected argument "b"'],
    [['serve', '--config'], 'Option --config needs a value'],
    [['serve', '--config', '--json'], 'Option --config needs a value'],
    [['serve', '--config='], 'Option --config needs a value'],
    [['decide', '--policies', 'policies'], 'Option --request FILE is missing'],
    [['demo', 'token'], 'Argument USER is missing'],
    [['demo', 'token', 'zoe'], 'there is no "zoe" in the demo'],
    [['demo', '--gateway-port', '70000'], '--gateway-port must be a whole number'],
    [['validate', '\u001b[31m'], '<U+001B>[31m'],
  ])('%j ends with 2 and says so', async (args, message) => {
    const { code, stdout, stderr } = await runCli(args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).not.toContain('\u001b')
    expect(stderr).toContain(message)
  })
})

describe('output', () => {
  test('a reader that goes away early does not change the exit code or cause noise', async () => {
    const shell = spawn(
      'bash',
      ['-c', `set -o pipefail; '${process.execPath}' src/cli/main.ts help serve | head -1`],
      { cwd: repository },
    )
    let stdout = ''
    let stderr = ''
    shell.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString()
    })
    shell.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString()
    })
    const [code] = (await once(shell, 'close')) as [number]
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.split('\n')).toHaveLength(2)
  })

  test('an older Node.js gets a clear message', async () => {
    const { code, stderr } = await runProcess(['--version'], {
      nodeOptions: [
        '--import',
        `data:text/javascript,${encodeURIComponent(
          "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })",
        )}`,
      ],
    })
    expect(code).toBe(2)
    expect(stderr).toContain('sallyport needs Node.js 24.12 or newer; this is 20.1.0')
  })
})
