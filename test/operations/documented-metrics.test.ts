import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { createRegistry } from '../../src/telemetry/registry.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const document = readFileSync(`${root}/docs/operations.md`, 'utf8')

function metricsIn(text: string, pattern: RegExp): Set<string> {
  return new Set(Array.from(text.matchAll(pattern), ([, name]) => name ?? ''))
}

test('every metric of the sources is documented, and no other', () => {
  const sources = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(`${root}/src/${path}`, 'utf8'))
    .join('\n')
  const inSources = metricsIn(sources, /'(sallyport_[a-z_]+)'/g)
  const documented = metricsIn(document, /^\| `(sallyport_[a-z_]+)/gm)
  expect([...documented].sort()).toEqual([...inSources].sort())
})

test('the metrics of Node.js that are documented exist', async () => {
  const text = await createRegistry('0').metrics()
  for (const name of metricsIn(document, /^\| `((?:nodejs|process)_[a-z0-9_]+)/gm)) {
    expect(text).toContain(`\n${name} `)
  }
})
