import { globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'

const sources = fileURLToPath(new URL('../', import.meta.url))

/** Every `src/AREA/NAME.schema.json` and the `NAME.schema.generated.ts` it is compiled to. */
export function findSchemas(): readonly { readonly schema: string; readonly generated: string }[] {
  return globSync('*/*.schema.json', { cwd: sources })
    .sort()
    .map((name) => ({
      schema: `${sources}${name}`,
      generated: `${sources}${name.replace(/\.json$/u, '.generated.ts')}`,
    }))
}

/**
 * A validator as source text, committed beside its schema: the process runs under
 * `--disallow-code-generation-from-strings` and starts without a schema compiler.
 */
export function generateValidator(schemaText: string): string {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTypes: false,
    strictRequired: false,
    code: { source: true, esm: true, lines: true },
  })
  const validate = ajv.compile(withPlainItems(JSON.parse(schemaText) as Schema))
  const body = standalone
    .default(ajv, validate)
    .replace(/^"use strict";\n/u, '')
    .replace(/^export default .*\n/mu, '')
    .replace(/^export const validate = (\w+);$/mu, 'export const validate: SchemaValidator = $1;')
    // The library copies what it has found so far for every part in which it finds more.
    .replaceAll(
      /vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\)/gu,
      'joined(vErrors, $1.errors)',
    )
    .replaceAll(/require\("ajv\/dist\/runtime\/(ucs2length|equal)"\)\.default/gu, '$1')
  if (/\bvErrors\.concat\(/u.test(body)) throw new Error('Errors are joined in another way')
  if (/\brequire\(|\bimport\(/u.test(body))
    throw new Error('The validator needs a module at run time')
  return [
    '// @ts-nocheck Generated from the schema beside it by `npm run build:validators`.',
    "import type { SchemaValidator } from '../source/validate-schema.ts'",
    "import { equal, joined, ucs2length } from '../source/validator-functions.ts'",
    body,
  ].join('\n')
}

type Schema = Readonly<Record<string, unknown>>

/**
 * The library compares the items of a list by hash where it sees that they are texts, which it does
 * not through a reference: then it compares each with each.
 */
function withPlainItems(root: Schema): Schema {
  const definitions = (root['$defs'] ?? {}) as Readonly<Record<string, Schema>>
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit)
    if (typeof value !== 'object' || value === null) return value
    const schema = Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, visit(part)]),
    )
    const { items, uniqueItems } = schema as { items?: Schema; uniqueItems?: boolean }
    const reference = uniqueItems === true ? items?.['$ref'] : undefined
    if (typeof reference !== 'string') return schema
    const { $ref: _, ...own } = items ?? {}
    return { ...schema, items: { ...definitions[reference.replace('#/$defs/', '')], ...own } }
  }
  return visit(root) as Schema
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { schema, generated } of findSchemas()) {
    await writeFile(generated, generateValidator(await readFile(schema, 'utf8')))
    process.stdout.write(`${generated.slice(sources.length)}\n`)
  }
}
