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
  const validate = ajv.compile(JSON.parse(schemaText) as object)
  const body = standalone
    .default(ajv, validate)
    .replace(/^"use strict";\n/u, '')
    .replace(/^export default .*\n/mu, '')
    .replace(/^export const validate = (\w+);$/mu, 'export const validate: SchemaValidator = $1;')
    .replaceAll(/require\("ajv\/dist\/runtime\/(ucs2length|equal)"\)\.default/gu, '$1')
  if (/\brequire\(|\bimport\(/u.test(body))
    throw new Error('The validator needs a module at run time')
  return [
    '// @ts-nocheck Generated from the schema beside it by `npm run build:validators`.',
    "import type { SchemaValidator } from '../source/validate-schema.ts'",
    "import { equal, ucs2length } from '../source/validator-functions.ts'",
    body,
  ].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { schema, generated } of findSchemas()) {
    await writeFile(generated, generateValidator(await readFile(schema, 'utf8')))
    process.stdout.write(`${generated.slice(sources.length)}\n`)
  }
}
