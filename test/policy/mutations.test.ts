import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runTests } from '../../src/authoring/run-suite.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import { readRouteKey } from '../../src/policy/template.ts'
import { matchRoute } from '../../src/route/route.ts'
import { buildRouteTable } from '../../src/route/route-table.ts'
import { renderDiagnostics } from '../../src/source/render.ts'
import { routeSpec } from '../route/samples.ts'
import { soundFiles, sourcesOf } from './samples.ts'

const routesFile = `
  routes:
    - host: a.test
      upstream: http://127.0.0.1:9500
      paths:
        GET /x/{id}/{rest...}: { action: view, resource: expense, id: path.id, attributes: { owner: path.rest } }
`
const suiteFile = `
  subjects: { ann: { groups: [staff] } }
  tests:
    - name: one
      subject: ann
      request: GET http://a.test/x/1/ann
      expect: { answer: permit, rule: own }
    - name: two
      resource: { type: expense, owner: ann }
      permits: { ann: [view] }
`
const sources = sourcesOf({ ...soundFiles, 'routes.yaml': routesFile, 'a.test.yaml': suiteFile })

const snippets = [
  '{',
  '}',
  '[',
  ']',
  ':',
  '- ',
  '&a ',
  '*a',
  '!!',
  '|\n',
  '>-\n',
  '"',
  "'",
  '#',
  '\n',
  '\t',
  '  ',
  '%',
  '---\n',
  '~',
  'null',
  '0x',
  '1e999',
  '\u202E',
  '\u0000',
  '__proto__: ',
  '{rest...}',
  '/',
  'GET ',
  '*',
]

/** Replaces a stretch of one file by something that means something to some parser. */
const mutation = fc.record({
  file: fc.nat(sources.length - 1),
  at: fc.nat(400),
  remove: fc.nat(12),
  insert: fc.oneof(fc.constantFrom(...snippets), fc.string({ maxLength: 6 })),
})

describe('damaged policy folders', () => {
  it('yield findings with places inside the text, and never an exception', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const texts = sources.map(({ text }) => text)
        for (const { file, at, remove, insert } of mutations) {
          const text = texts[file] ?? ''
          const start = at % (text.length + 1)
          texts[file] = text.slice(0, start) + insert + text.slice(start + remove)
        }
        const damaged = sources.map(({ path }, index) => ({ path, text: texts[index] ?? '' }))
        const policies = damaged.filter(({ path }) => path !== 'a.test.yaml')
        const suites = damaged.filter(({ path }) => path === 'a.test.yaml')
        const { diagnostics, texts: shown } = runTests(policies, suites)
        for (const { file, line, column, message } of diagnostics) {
          const lines = (shown.get(file) ?? '').split(/\r\n|\r|\n/u)
          expect(line).toBeGreaterThan(0)
          expect(line).toBeLessThanOrEqual(lines.length)
          expect(column).toBeGreaterThan(0)
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
          expect(message).not.toMatch(/undefined|\[object|NaN/u)
        }
        renderDiagnostics(diagnostics, shown)
      }),
      { numRuns: 400, interruptAfterTimeLimit: 15_000 },
    )
  })

  it('have either findings that are errors or a policy', () => {
    fc.assert(
      fc.property(mutation, ({ at, remove, insert }) => {
        const [first] = sources
        if (first === undefined) return
        const text = first.text.slice(0, at) + insert + first.text.slice(at + remove)
        const { diagnostics, policies, routes } = compilePolicies([{ ...first, text }])
        const isWrong = diagnostics.some((finding) => finding.severity === 'error')
        expect(policies === null).toBe(isWrong)
        expect(routes === null).toBe(isWrong)
      }),
      { numRuns: 200, interruptAfterTimeLimit: 10_000 },
    )
  })
})

describe('route keys', () => {
  const segment = fc.oneof(
    fc.constantFrom('{id}', '{rest...}', 'a', '..', '', '%2f', 'é', 'x{y}', '{}', '{a}{b}', '*'),
    fc.string({ maxLength: 4 }),
  )

  it('that are accepted match their own path, and nothing else is accepted silently', () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 5 }), (segments) => {
        const key = readRouteKey(`GET /${segments.join('/')}`)
        if (!('method' in key)) return key.every(({ start, end }) => end > start)
        const { template, parameters } = key
        const table = buildRouteTable([routeSpec(`GET ${template}`, { parameters, template })])
        const path = template.replaceAll(/\{[^}]*\}/gu, 'v')
        const answer = matchRoute(table, 'GET', 'h', path)
        return answer.kind === 'match' && answer.values.length === parameters.length
      }),
      { numRuns: 500 },
    )
  })
})
