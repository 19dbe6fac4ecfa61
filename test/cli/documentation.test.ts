import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Command } from '../../src/cli/command.ts'
import { decideCommand } from '../../src/cli/decide.ts'
import { demoCommand, demoTokenCommand } from '../../src/cli/demo.ts'
import { healthCommand } from '../../src/cli/health.ts'
import { keysCreateCommand, keysHashCommand } from '../../src/cli/keys.ts'
import { serveCommand } from '../../src/cli/serve.ts'
import { testCommand } from '../../src/cli/test.ts'
import { validateCommand } from '../../src/cli/validate.ts'
import { runCli } from './run-cli.ts'

const commands: readonly Command[] = [
  demoCommand,
  demoTokenCommand,
  serveCommand,
  validateCommand,
  testCommand,
  decideCommand,
  keysCreateCommand,
  keysHashCommand,
  healthCommand,
]

const policy = `resource: report
actions: [read]
rules:
  - { id: readers-read, permit: [read], roles: [reader] }
`
const question = {
  subject: { type: 'user', id: 'ada', properties: { groups: ['readers'] } },
  action: { name: 'read' },
  resource: { type: 'report', id: '1' },
}

let docs = ''
let dir = ''

beforeAll(async () => {
  docs = await readFile(new URL('../../docs/commands.md', import.meta.url), 'utf8')
  dir = await mkdtemp(join(tmpdir(), 'sallyport-docs-'))
  await writeFile(
    join(dir, 'roles.yaml'),
    `roles: { reader: { when: '"readers" in subject.groups' } }\n`,
  )
  await writeFile(join(dir, 'report.yaml'), policy)
  await writeFile(
    join(dir, 'routes.yaml'),
    `routes:
  - host: reports.localhost
    upstream: http://127.0.0.1:9
    paths:
      GET /reports/{id}: { action: read, resource: report, id: path.id }
`,
  )
  await writeFile(
    join(dir, 'report.test.yaml'),
    `subjects: { ada: { groups: [readers] } }
tests:
  - { name: readers read, subject: ada, action: read, resource: report/1, expect: permit }
`,
  )
})

afterAll(() => rm(dir, { recursive: true }))

describe('docs/commands.md', () => {
  test('has a section for every command, with every option and every exit code', () => {
    const sections = docs.match(/^## sallyport .*$/gmu)
    expect(sections).toEqual(commands.map(({ verb }) => `## sallyport ${verb}`))
    for (const { verb, options, exits } of commands) {
      const section = sectionOf(verb)
      for (const { name } of options) expect(section).toContain(`--${name}`)
      const [, codes = ''] = section.split('Exit codes:')
      const documented = (codes.match(/\b[0-3]\b/gu) ?? []).map(Number)
      // 2 is every command's answer to a wrong command line.
      const own = exits.map(([code]) => code as number)
      expect(own.filter((code) => code !== 2 && !documented.includes(code))).toEqual([])
      expect(documented.filter((code) => !own.includes(code))).toEqual([])
    }
  })

  test('shows what validate prints', async () => {
    await writeFile(
      join(dir, 'broken.yaml'),
      policy.replace('report', 'other').replace('reader]', 'raeder]'),
    )
    const { stdout } = await runCli(['validate', dir, '--json'])
    await rm(join(dir, 'broken.yaml'))
    expect(shapeOf(JSON.parse(stdout))).toEqual(shapeOf(exampleOf('validate', 0)))
  })

  test('shows what test prints', async () => {
    const { stdout } = await runCli(['test', dir, '--json'])
    expect(shapeOf(JSON.parse(stdout))).toEqual(shapeOf(exampleOf('test', 0)))
  })

  test('shows what decide prints', async () => {
    const input = JSON.stringify(question)
    const args = ['decide', '--policies', dir, '--request', '-']
    const plain = await runCli(args, { input })
    expect(shapeOf(JSON.parse(plain.stdout))).toEqual(shapeOf(exampleOf('decide', 0)))
    const { stdout } = await runCli([...args, '--explain', '--json'], { input })
    const explained = JSON.parse(stdout) as { readonly context: { readonly explanation: unknown } }
    expect(shapeOf(explained.context.explanation)).toEqual(shapeOf(exampleOf('decide', 1)))
  })
})

function sectionOf(verb: string): string {
  const [, after = ''] = docs.split(`## sallyport ${verb}\n`)
  return after.split('\n## ')[0] ?? ''
}

function exampleOf(verb: string, index: number): unknown {
  const blocks = [...sectionOf(verb).matchAll(/```json\n(.*?)```/gsu)]
  return JSON.parse(blocks[index]?.[1] ?? 'null')
}

/** Names and kinds of all members; a list is as its first entry. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf)
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]))
}
