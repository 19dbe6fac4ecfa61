import { readFile } from 'node:fs/promises'
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { findSchemas, generateValidator } from '../../src/source/build-validators.ts'

describe('generated validators', () => {
  const schemas = findSchemas()

  it('finds the schemas', () => {
    const names = schemas.map(({ schema }) => schema.split('/').at(-1))
    expect(names).toContain('policy.schema.json')
    expect(names).toContain('suite.schema.json')
  })

  it.each(schemas)('are in step with $schema', async ({ schema, generated }) => {
    const expected = generateValidator(await readFile(schema, 'utf8'))
    expect(await readFile(generated, 'utf8'), 'run: npm run build:validators').toBe(expected)
  })

  it('run where code generation from strings is forbidden, and without the schema compiler', () => {
    const script = [
      ...schemas.map(({ generated }, n) => `import { validate as v${n} } from '${generated}'`),
      ...schemas.map((_, n) => `if (v${n}({ odd: 1 })) throw new Error('accepted')`),
      `if (process.moduleLoadList.some((name) => name.includes('ajv'))) throw new Error('ajv')`,
    ].join('\n')
    const child = spawnSync(
      process.execPath,
      ['--disallow-code-generation-from-strings', '--input-type=module', '--eval', script],
      { encoding: 'utf8', timeout: 20_000 },
    )
    expect(child.stderr).toBe('')
    expect(child.status).toBe(0)
  })
})
