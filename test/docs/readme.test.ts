import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runTests } from '../../src/authoring/run-suite.ts'
import { readConfig } from '../../src/config/read-config.ts'

const root = join(import.meta.dirname, '../..')
const readme = await readFile(join(root, 'README.md'), 'utf8')

function blockOf(name: string): { readonly path: string; readonly text: string } {
  const text = new RegExp(`\`\`\`yaml\\n# (?:policies/)?${name}\\n([^]*?)\`\`\``).exec(readme)?.[1]
  if (text === undefined) throw new Error(`No block of ${name}`)
  return { path: name, text }
}

it('shows a policy, its test and a route that work together', async () => {
  const roles = await readFile(join(root, 'policies/roles.yaml'), 'utf8')
  const report = runTests(
    [blockOf('expense.yaml'), blockOf('routes.yaml'), { path: 'roles.yaml', text: roles }],
    [blockOf('expense.test.yaml')],
  )
  expect(report.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(report).toMatchObject({ passed: 1, failed: 0 })
})

it('shows a configuration that is accepted', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sallyport-readme-'))
  const file = join(dir, 'sallyport.yaml')
  await writeFile(file, blockOf('sallyport.yaml').text.replace(/<SHA-256[^>]*>/, 'a'.repeat(64)))
  const { config, diagnostics } = await readConfig(file, {})
  await rm(dir, { recursive: true })
  expect(diagnostics).toEqual([])
  expect(config?.check.keys).toHaveLength(1)
})

it('names every port as it is by default', () => {
  for (const port of ['8080', '8181', '8282']) expect(readme).toContain(`| ${port} |`)
})
