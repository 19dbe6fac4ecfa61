import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { writeLossLine, writeRecordLine } from '../../src/audit/record-line.ts'
import type { RecordEntry } from '../../src/audit/record.ts'
import { secretNameParts, secretNames } from '../../src/audit/redact.ts'
import { checkEntry, gatewayEntry, timeMs } from './entries.ts'

const document = readFileSync(new URL('../../docs/records.md', import.meta.url), 'utf8')

test('every field of a line is documented, and no other', () => {
  const errors = [{ rule: 'expense/own', message: 'no such key' }]
  const decision = gatewayEntry.decision && { ...gatewayEntry.decision, errors }
  const refusal = { kind: 'refusal', code: 'token_expired', detail: '' } as const
  const large = { blob: 'x'.repeat(40_000) }
  const request = checkEntry.request && { ...checkEntry.request, context: large }
  const entries: readonly RecordEntry[] = [
    { ...gatewayEntry, decision },
    { ...gatewayEntry, refusal },
    { ...checkEntry, request },
    { ...checkEntry, request: request && { ...request, context: { policy_version: 'v2' } } },
  ]
  const fields = new Set(['line_cut'])
  for (const entry of entries) {
    const line = JSON.parse(writeRecordLine(entry)) as object
    for (const name of Object.keys(line)) fields.add(name)
  }
  const table = document.slice(document.indexOf('## Fields'), document.indexOf('## What is never'))
  const cells = Array.from(table.matchAll(/^\| (`[^|]+`) \|/gm), ([, cell]) => cell ?? '')
  const documented = cells.flatMap((cell) =>
    Array.from(cell.matchAll(/`(\w+)`/g), ([, name]) => name),
  )
  expect(new Set(documented)).toEqual(fields)
})

test('every name that is redacted is documented', () => {
  const rules = document.slice(
    document.indexOf('## What is never'),
    document.indexOf('## What a line'),
  )
  for (const name of [...secretNameParts, ...secretNames]) expect(rules).toContain(`\`${name}\``)
})

test('the examples are lines as they are written', () => {
  const examples = Array.from(document.matchAll(/```json\n(.*)\n```/g), ([, line]) => line ?? '')
  expect(examples).toHaveLength(2)
  const [decision, loss] = examples.map((line) => JSON.parse(line) as Record<string, unknown>)
  const written = JSON.parse(writeRecordLine(gatewayEntry)) as object
  expect(Object.keys(decision ?? {})).toEqual(Object.keys(written))
  const lost = JSON.parse(writeLossLine(1, timeMs, timeMs)) as object
  expect(Object.keys(loss ?? {})).toEqual(Object.keys(lost))
})
