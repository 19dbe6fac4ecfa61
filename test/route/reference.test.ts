import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { matchRoute } from '../../src/route/route.ts'
import { buildRouteTable } from '../../src/route/route-table.ts'
import { templateSegments } from '../../src/route/route-spec.ts'
import { routeSpec } from './samples.ts'

interface Fitting {
  readonly template: string
  readonly rank: string
}

/** None where the path, written in its plainest form, would be a narrower route's. */
function reference(templates: readonly string[], path: string): string | null {
  if (templates.includes(path)) return path
  const asItStands = mostLiteral(templates, path)
  const plainest = mostLiteral(templates.map(fold), fold(path))
  if (asItStands === null || (plainest?.rank ?? '') > asItStands.rank) return null
  return asItStands.template
}

/** Only what the paths and templates below can hold. */
function fold(path: string): string {
  const plain = path.replace(/(?:;|\.|%20)+(?=\/|$)/g, '').replace(/(?<=.)\/$/, '')
  return plain.replace(/[AB]/g, (letter) => letter.toLowerCase())
}

/** Slow and obvious: of all templates that fit, the one whose segments are the most literal, leftmost first. */
function mostLiteral(templates: readonly string[], path: string): Fitting | null {
  const fitting = templates.flatMap((template) => {
    const rank = rankOf(template, path)
    return rank === null ? [] : [{ template, rank }]
  })
  fitting.sort((a, b) => (a.rank === b.rank ? 0 : a.rank < b.rank ? 1 : -1))
  return fitting[0] ?? null
}

/** One digit a segment: 2 literal, 1 parameter, 0 tail, and 3 at an end; null: does not fit. */
function rankOf(template: string, path: string): string | null {
  const given = path.slice(1).split('/')
  let rank = ''
  for (const [index, segment] of templateSegments(template).entries()) {
    const text = given[index]
    if (text === undefined) return null
    if (segment.kind === 'tail') return `${rank}0`
    if (segment.kind === 'literal' && segment.text !== text) return null
    if (segment.kind === 'parameter' && text === '') return null
    rank += segment.kind === 'literal' ? '2' : '1'
  }
  return rank.length === given.length ? `${rank}3` : null
}

const segment = fc.constantFrom('a', 'b', 'ab', '{x}', 'B')
const template = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '/{t...}'))
  .map(([segments, tail]) => {
    return `/${segments.map((text, index) => (text === '{x}' ? `{x${index}}` : text)).join('/')}${tail}`
  })
const path = fc
  .array(fc.constantFrom('a', 'b', 'ab', 'c', '', 'A', 'b;', 'aB.', 'b%20'), { maxLength: 5 })
  .map((segments) => `/${segments.join('/')}`)

it('finds what an obvious search of all templates finds', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(template, { minLength: 1, maxLength: 20 }),
      fc.array(path, { minLength: 1, maxLength: 20 }),
      (templates, paths) => {
        const table = buildRouteTable(templates.map((text) => routeSpec(`GET ${text}`)))
        for (const asked of paths) {
          const answer = matchRoute(table, 'GET', 'h', asked)
          const found = answer.kind === 'match' ? answer.route.template : null
          expect(found).toBe(reference(templates, asked))
        }
      },
    ),
    { numRuns: 500 },
  )
})
