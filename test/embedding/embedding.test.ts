import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  loadPolicies,
  PolicyError,
  compilePolicies,
  keepSubject,
} from '../../src/embedding/sallyport.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')

const sources = [
  { path: 'roles.yaml', text: `roles:\n  employee: { when: '"staff" in subject.groups' }\n` },
  {
    path: 'memo.yaml',
    text: `resource: memo
actions: [read, write]
rules:
  - { id: readers, permit: [read], roles: [employee] }
  - { id: by-day, permit: [write], when: now.getHours("UTC") >= 8 && context.channel == "web" }
`,
  },
]
const ann = { type: 'user', id: 'ann', properties: { groups: ['staff'] } }

describe('policies in a program', () => {
  it('are refused where there are none', () => {
    expect(() => compilePolicies([])).toThrow('no policy file')
  })

  const policies = compilePolicies(sources)

  it('decide with what is left out being empty', () => {
    const question = { subject: ann, action: { name: 'read' }, resource: { type: 'memo' } }
    expect(policies.decide(question)).toMatchObject({ effect: 'permit', rules: ['memo/readers'] })
    const stranger = { ...question, subject: { type: 'user', id: 'eve' } }
    expect(policies.decide(stranger)).toMatchObject({
      effect: 'deny',
      reason: 'no_applicable_rule',
    })
  })

  it('read the instant and the context of the question', () => {
    const at = (now: string): string =>
      policies.decide({
        subject: ann,
        action: { name: 'write' },
        resource: { type: 'memo' },
        context: { channel: 'web' },
        now: new Date(now),
      }).effect
    expect([at('2026-01-01T07:59:59Z'), at('2026-01-01T08:00:00Z')]).toEqual(['deny', 'permit'])
  })

  it('answer a batch in order', () => {
    const ask = (name: string): Parameters<typeof policies.decide>[0] => ({
      subject: keepSubject(ann),
      action: { name },
      resource: { type: 'memo', id: '1' },
    })
    const decisions = policies.decideAll([ask('read'), ask('shred'), ask('read')])
    expect(decisions.map(({ effect, reason }) => [effect, reason])).toEqual([
      ['permit', 'permitted_by_rule'],
      ['deny', 'unknown_action'],
      ['permit', 'permitted_by_rule'],
    ])
  })

  it('notice a change of a subject that is not kept', () => {
    const groups: string[] = []
    const subject = { type: 'user', id: 'ann', properties: { groups } }
    const question = { subject, action: { name: 'read' }, resource: { type: 'memo' } }
    expect(policies.decide(question).effect).toBe('deny')
    groups.push('staff')
    expect(policies.decide(question).effect).toBe('permit')
    expect(policies.rolesOf(subject)).toEqual(['employee'])
  })

  it('answer for versions and scopes', () => {
    const scoped = compilePolicies([
      { path: 's.yaml', text: 'scopes: { acme: {} }' },
      {
        path: 'r.yaml',
        text: 'roles: { head: {} }\nassignments: [{ roles: head, subjects: ann, scope: acme }]',
      },
      {
        path: 'n.yaml',
        text: 'resource: note\nactions: [read]\nrules: [{ id: heads, permit: [read], roles: [head] }]',
      },
      {
        path: 'n2.yaml',
        text: 'resource: note\nversion: v2\nactions: [read]\nrules: [{ id: all, permit: [read] }]',
      },
    ])
    const resource = { type: 'note', properties: { scope: 'acme' } }
    const ask = (changes: object): string =>
      scoped.decide({ subject: ann, action: { name: 'read' }, resource, ...changes }).reason
    expect(scoped.warnings).toEqual([])
    expect(ask({})).toBe('permitted_by_rule')
    expect(ask({ resource: { type: 'note' } })).toBe('no_applicable_rule')
    expect(ask({ resource: { type: 'note' }, context: { policy_version: 'v2' } })).toBe(
      'permitted_by_rule',
    )
    expect(ask({ context: { policy_version: 'v3' } })).toBe('unknown_policy_version')
    expect([scoped.rolesOf(ann), scoped.rolesOf(ann, resource)]).toEqual([[], ['head']])
  })

  it('are refused with every finding where they do not compile, or are none', () => {
    const broken = [...sources, { path: 'x.yaml', text: 'resource: x\nactions: []\nrulez: []\n' }]
    const refusal = refusalOf(broken)
    expect(refusal?.message).toMatch(/^x\.yaml:\d+:\d+: .+ \(and \d+ more\)$/u)
    expect(refusal?.diagnostics.length).toBeGreaterThan(1)
    expect(() => compilePolicies([])).toThrow(PolicyError)
  })

  it('cannot be loaded from a folder that is not there', async () => {
    await expect(loadPolicies('/nonexistent')).rejects.toMatchObject({ code: 'ERR_READ' })
  })
})

function refusalOf(refused: Parameters<typeof compilePolicies>[0]): PolicyError | null {
  try {
    compilePolicies(refused)
    return null
  } catch (error) {
    if (error instanceof PolicyError) return error
    throw error
  }
}

describe('the library', () => {
  it('pulls in no server, no network and no logger', async () => {
    const { stdout } = await run(process.execPath, [
      '--import',
      join(import.meta.dirname, 'module-graph-hooks.ts'),
      '--input-type=module',
      '--eval',
      `import ${JSON.stringify(join(root, 'src/embedding/sallyport.ts'))}`,
    ])
    const loaded = JSON.parse(stdout) as string[]
    const builtIn = new Set(loaded.filter((url) => url.startsWith('node:')))
    const packages = new Set(
      loaded.flatMap((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//u.exec(url)?.[1] ?? []),
    )
    const areas = new Set(
      loaded.flatMap((url) => /\/src\/([^/]+)\//u.exec(url.slice(url.indexOf(root)))?.[1] ?? []),
    )
    expect([...packages].sort()).toEqual(['@bufbuild/re2', '@marcbachmann/cel-js', 'yaml'])
    const network = ['net', 'tls', 'dns', 'dgram', 'http', 'https', 'http2', 'quic', 'cluster']
    expect(network.filter((name) => builtIn.has(`node:${name}`))).toEqual([])
    expect([...areas].sort()).toEqual([
      'authoring',
      'decide',
      'embedding',
      'model',
      'policy',
      'route',
      'source',
    ])
  })
})

describe('the package', () => {
  let dir = ''

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-package-'))
    const made = join(dir, 'made')
    await run(join(root, 'node_modules/.bin/tsc'), [
      '-p',
      join(root, 'tsconfig.build.json'),
      '--outDir',
      join(made, 'dist'),
    ])
    await symlink(join(root, 'node_modules'), join(made, 'node_modules'))
    const rolldown = join(root, 'node_modules/.bin/rolldown')
    await run(rolldown, ['-c', join(root, 'rolldown.config.ts')], { cwd: made })
    await cp(join(root, 'package.json'), join(made, 'package.json'))
    const { stdout } = await run('npm', ['pack', '--silent', '--ignore-scripts'], { cwd: made })
    const installed = join(dir, 'node_modules/sallyport')
    await mkdir(installed, { recursive: true })
    const archive = join(made, stdout.trim().split('\n').at(-1) ?? '')
    await run('tar', ['xzf', archive, '-C', installed, '--strip-components=1'])
    const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    for (const name of [...Object.keys(dependencies), '@types/node', 'undici-types']) {
      const link = join(dir, 'node_modules', name)
      await mkdir(dirname(link), { recursive: true })
      await symlink(join(root, 'node_modules', name), link)
    }
  }, 120_000)

  afterAll(() => rm(dir, { recursive: true, force: true }))

  it('does as the documentation says', async () => {
    const page = await readFile(join(root, 'docs/embedding.md'), 'utf8')
    for (const [, path = '', text = ''] of page.matchAll(
      /```\w+\n(?:#|\/\/) (\S+)\n([^]*?)```/gu,
    )) {
      await mkdir(dirname(join(dir, path)), { recursive: true })
      await writeFile(join(dir, path), `# ${path}\n${text}`.replace(/^# (\S+\.mjs)/u, '// $1'))
    }
    const expected = /```text\n([^]*?)```/u.exec(page)?.[1]
    const { stdout } = await run(
      process.execPath,
      ['--disallow-code-generation-from-strings', 'example.mjs'],
      { cwd: dir, env: { PATH: process.env['PATH'] ?? '' } },
    )
    expect(stdout).toBe(expected)
  })

  it('is typed for whoever imports it', async () => {
    await writeFile(
      join(dir, 'typed.mts'),
      `import { type Decision, type Policies, loadPolicies } from 'sallyport'
const policies: Policies = await loadPolicies('policies')
const subject = { type: 'user', id: 'ann' }
const decision: Decision = policies.decide({ subject, action: { name: 'view' }, resource: { type: 'x' } })
const effect: 'permit' | 'deny' = decision.effect
// @ts-expect-error: a question has a subject
policies.decide({ action: { name: 'view' }, resource: { type: 'x' } })
console.log(effect)
`,
    )
    const { stdout } = await run(
      join(root, 'node_modules/.bin/tsc'),
      ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', 'typed.mts'],
      { cwd: dir },
    ).catch((error: unknown) => error as { stdout: string })
    expect(stdout).toBe('')
  })

  it('brings a command that is put together from few files', async () => {
    const cli = join(dir, 'node_modules/sallyport/dist/cli')
    const command = join(cli, 'main.js')
    const policies = join(root, 'policies')
    const { stdout } = await run(process.execPath, [command, 'validate', policies])
    expect(stdout).toContain('rules')
    const decided = await run(process.execPath, [command, 'test', policies])
    expect(decided.stdout).toContain('passed')
    await expect(
      run(process.execPath, [command, 'serve', '--config', join(dir, 'none.yaml')]),
    ).rejects.toThrow('none.yaml')
    const text = await readFile(command, 'utf8')
    expect(text).toContain('bundled-command-line.js')
  })

  it('exports nothing but the library', async () => {
    const script = `await import('sallyport/dist/runtime/runtime.js')`
    await expect(
      run(process.execPath, ['--input-type=module', '--eval', script], { cwd: dir }),
    ).rejects.toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED')
  })
})
