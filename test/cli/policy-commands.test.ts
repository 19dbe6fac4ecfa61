import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'
import { main, runCli as runProcess } from './spawn-cli.ts'

const roles = `roles:
  reader: { when: '"readers" in subject.groups' }
`
const report = `resource: report
actions: [read]
rules:
  - id: readers-read
    permit: [read]
    roles: [reader]
  - id: never-the-secret-one
    deny: [read]
    when: resource.id == "secret"
`
const tests = `suite: reports
subjects:
  ada: { groups: [readers] }
  bob: { groups: [] }
tests:
  - name: readers read
    subject: ada
    action: read
    resource: report/1
    expect: permit
  - name: others do not
    subject: bob
    action: read
    resource: report/1
    expect: deny
`
const permitted = JSON.stringify({
  subject: { type: 'user', id: 'ada', properties: { groups: ['readers'] } },
  action: { name: 'read' },
  resource: { type: 'report', id: '1' },
})
const denied = permitted.replace('"1"', '"secret"')

let base = ''
let dir = ''
let count = 0

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'sallyport-cli-'))
})

afterAll(async () => {
  await rm(base, { recursive: true })
})

beforeEach(async () => {
  count += 1
  dir = join(base, String(count), 'policies')
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, 'roles.yaml'), roles)
  await writeFile(join(dir, 'report.yaml'), report)
  await writeFile(join(dir, 'report.test.yaml'), tests)
})

describe('validate', () => {
  test('says when its result could not be written', async () => {
    const full = await open('/dev/full', 'w')
    const child = spawn(process.execPath, [main, 'validate', dir], {
      stdio: ['ignore', full.fd, 'pipe'],
    })
    let stderr = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    const [code] = (await once(child, 'close')) as [number | null]
    await full.close()
    expect(code).toBe(3)
    expect(stderr).toBe(
      'Error: The result could not be written to stdout: ENOSPC: no space left on device, write\n',
    )
  })

  test('says what a valid folder holds, and uses ./policies when told nothing', async () => {
    const { code, stdout, stderr } = await runProcess(['validate'], { cwd: join(dir, '..') })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(
      /^Valid: \.\/policies: 2 files, 2 rules, 0 routes, digest [0-9a-f]{64}\n$/u,
    )
  })

  test('prints the same as JSON', async () => {
    const { code, stdout } = await runCli(['validate', dir, '--json'])
    expect(code).toBe(0)
    const result = JSON.parse(stdout) as { readonly digest: string }
    expect(result).toEqual({
      ok: true,
      digest: result.digest,
      files: 2,
      rules: 2,
      routes: 0,
      diagnostics: [],
    })
    expect(result.digest).toMatch(/^[0-9a-f]{64}$/u)
  })

  test('shows every error with file, line, column and a hint, and ends with 1', async () => {
    await writeFile(
      join(dir, 'report.yaml'),
      report.replace('[reader]', '[raeder]').replace('deny:', 'dney:'),
    )
    const { code, stdout } = await runCli(['validate', 'policies'], { cwd: join(dir, '..') })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^policies\/report\.yaml:6:\d+: error: .*raeder/mu)
    expect(stdout).toMatch(/did you mean "reader"\?/u)
    expect(stdout).toMatch(/^policies\/report\.yaml:8:\d+: error: .*dney/mu)
    expect(stdout).toContain('[raeder]\n')
    const json = await runCli(['validate', dir, '--json'])
    const result = JSON.parse(json.stdout) as Record<string, unknown> & {
      readonly diagnostics: readonly Record<string, unknown>[]
    }
    expect([json.code, result['ok'], result['digest']]).toEqual([1, false, null])
    expect(Object.keys(result.diagnostics[0] ?? {})).toEqual([
      'severity',
      'code',
      'file',
      'line',
      'column',
      'endLine',
      'endColumn',
      'message',
      'hint',
    ])
  })

  test('ends with 2 when there is no folder, or nothing in it', async () => {
    const absent = await runCli(['validate', join(base, 'absent')])
    expect([absent.code, absent.stdout]).toEqual([2, ''])
    expect(absent.stderr).toContain('absent')
    await mkdir(join(base, String(count), 'empty'))
    const empty = await runCli(['validate', join(base, String(count), 'empty')])
    expect(empty.code).toBe(2)
    expect(empty.stderr).toContain('holds no policy file')
  })

  test('checks a configuration and the folder it names', async () => {
    const file = join(dir, '..', 'sallyport.yaml')
    await writeFile(file, 'check: { allow_unauthenticated: true }\ngatway: {}\n')
    const { code, stdout } = await runCli(['validate', '--config', file])
    expect(code).toBe(1)
    expect(stdout).toContain('sallyport.yaml:2:1: error: unknown key "gatway"')
    await writeFile(file, 'check: { allow_unauthenticated: true }\n')
    const sound = await runCli(['validate', '--config', file])
    expect(sound.code).toBe(0)
    expect(sound.stdout).toContain(`Valid: ${dir}: 2 files`)
    const absent = await runCli(['validate', '--config', join(base, 'absent.yaml')])
    expect(absent.code).toBe(2)
  })
})

describe('test', () => {
  test('counts what passed and names the rules no test reached', async () => {
    const { code, stdout } = await runProcess(['test', 'policies'], { cwd: join(dir, '..') })
    expect(code).toBe(0)
    expect(stdout).toContain('Tests: 2 passed\nRules: 1 of 2 reached\n')
    expect(stdout).toMatch(/^ {2}report\/never-the-secret-one {2}policies\/report\.yaml:7:\d+$/mu)
  })

  test('shows a failing case with its place, what was expected, what came and why', async () => {
    await writeFile(join(dir, 'report.test.yaml'), tests.replace('expect: deny', 'expect: permit'))
    const { code, stdout } = await runCli(['test', 'policies'], { cwd: join(dir, '..') })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^FAIL policies\/report\.test\.yaml:\d+:\d+ {2}others do not$/mu)
    expect(stdout).toMatch(/^ {2}expected permit$/mu)
    expect(stdout).toMatch(/^ {2}got {6}deny \(no_applicable_rule\)$/mu)
    expect(stdout).toMatch(/^ {2}because {2}\S/mu)
    expect(stdout).toContain('Tests: 1 passed, 1 failed')
  })

  test('prints the same as JSON', async () => {
    await writeFile(join(dir, 'report.test.yaml'), tests.replace('expect: deny', 'expect: permit'))
    const { code, stdout } = await runCli(['test', dir, '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      passed: 1,
      failed: 1,
      cases: [
        { suite: 'reports', test: 'readers read', passed: true, because: null },
        { test: 'others do not', file: join(dir, 'report.test.yaml'), passed: false },
      ],
      coverage: {
        rules: [
          { id: 'report/readers-read', reach: 'matched' },
          { id: 'report/never-the-secret-one', reach: 'never_matched' },
        ],
        routes: [],
      },
      diagnostics: [],
    })
  })

  test('runs nothing while policies or tests have errors', async () => {
    await writeFile(join(dir, 'report.test.yaml'), tests.replace('subject: bob', 'subjct: bob'))
    const { code, stdout } = await runCli(['test', 'policies'], { cwd: join(dir, '..') })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^policies\/report\.test\.yaml:\d+:\d+: error: .*subjct/mu)
    expect(stdout).toContain('No test has run')
  })

  test('ends with 2 when there is nothing to run', async () => {
    await rm(join(dir, 'report.test.yaml'))
    const { code, stderr } = await runCli(['test', dir])
    expect(code).toBe(2)
    expect(stderr).toContain('holds no tests')
    expect((await runCli(['test', join(base, 'absent')])).code).toBe(2)
  })
})

describe('decide', () => {
  test('permits with 0 and denies with 1, in the words of AuthZEN', async () => {
    const yes = await decide(permitted, [], runProcess)
    expect([yes.code, yes.stderr]).toEqual([0, ''])
    expect(JSON.parse(yes.stdout)).toMatchObject({
      decision: true,
      context: { reason: 'permitted_by_rule', rules: ['report/readers-read'], errors: [] },
    })
    const no = await decide(denied, [], runProcess)
    expect(no.code).toBe(1)
    expect(JSON.parse(no.stdout)).toMatchObject({
      decision: false,
      context: { reason: 'denied_by_rule', rules: ['report/never-the-secret-one'] },
    })
  })

  test('reads a file as well', async () => {
    const file = join(dir, '..', 'request.json')
    await writeFile(file, permitted)
    const { code } = await runCli(['decide', '--policies', dir, '--request', file])
    expect(code).toBe(0)
  })

  test('explains to a person, and with --json to a program, without changing the answer', async () => {
    const text = await decide(denied, ['--explain'])
    expect(text.code).toBe(1)
    expect(text.stdout).toMatch(/^DENY: "ada" may not read report "secret"$/mu)
    expect(text.stdout).toContain('report/never-the-secret-one')
    expect(text.stdout).toContain('resource.id is "secret"')
    const json = await decide(denied, ['--explain', '--json'])
    expect(json.code).toBe(1)
    expect(JSON.parse(json.stdout)).toMatchObject({
      decision: false,
      context: {
        explanation: {
          roles: ['reader'],
          rules: [
            { id: 'report/never-the-secret-one', result: 'matched', decided: true },
            { id: 'report/readers-read', result: 'matched', decided: false },
          ],
        },
      },
    })
  })

  test('takes the time it is told', async () => {
    await writeFile(
      join(dir, 'report.yaml'),
      report.replace('resource.id == "secret"', 'now >= timestamp("2026-06-01T00:00:00Z")'),
    )
    const before = await decide(permitted, ['--now', '2026-05-31T23:59:59Z'])
    const after = await decide(permitted, ['--now', '2026-06-01T00:00:00Z'])
    expect([before.code, after.code]).toEqual([0, 1])
    expect((await decide(permitted, ['--now', 'tomorrow'])).code).toBe(2)
    expect((await decide(permitted, ['--now', '2026-13-45T99:00:00Z'])).code).toBe(2)
  })

  test.each([
    ['nothing', '', 'empty'],
    ['no JSON', '{', 'not valid JSON'],
    ['a list', '[]', 'not a JSON object'],
    ['no subject', '{"action":{"name":"read"}}', '"subject" is missing'],
    ['a subject that is text', '{"subject":"ada"}', '"subject" is not an object'],
    ['two members of one name', '{"subject":{},"subject":{}}', 'twice'],
    ['several evaluations', '{"evaluations":[{}]}', 'answers one'],
    ['more than a mebibyte', ' '.repeat(1_100_000), 'larger than'],
  ])('ends with 2 on %s', async (_, request, message) => {
    const run = request.length > 1_000_000 ? runProcess : runCli
    const { code, stdout, stderr } = await decide(request, [], run)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  test('ends with 2 when the policies cannot be used', async () => {
    await writeFile(join(dir, 'report.yaml'), 'resource: [')
    const { code, stdout, stderr } = await decide(permitted)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`${join(dir, 'report.yaml')}:1:`)
    const absent = await runCli(['decide', '--policies', join(base, 'absent'), '--request', '-'], {
      input: permitted,
    })
    expect(absent.code).toBe(2)
  })
})

function decide(
  request: string,
  options: readonly string[] = [],
  run: typeof runCli = runCli,
): ReturnType<typeof runCli> {
  return run(['decide', '--policies', dir, '--request', '-', ...options], { input: request })
}
