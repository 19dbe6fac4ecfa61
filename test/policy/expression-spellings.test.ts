import { describe, expect, it } from 'vitest'
import { compileCondition, isConditionFailure } from '../../src/policy/expression.ts'
import { expressionScope, valueVariable } from '../../src/policy/expression-scope.ts'
import { stringType } from '../../src/policy/expression-types.ts'

const scope = expressionScope<string>([valueVariable('path', stringType, (path) => path)])

function isBelowAdmin(path: string): unknown {
  const compiled = compileCondition('path.hasPathPrefix("/admin")', scope)
  if (!compiled.ok) throw new Error('does not compile')
  const value = compiled.evaluate(path)
  return isConditionFailure(value) ? value.message : value
}

describe('hasPathPrefix', () => {
  it.each(['/admin', '/admin/', '/admin/users', '/admin/a%20b', '/admin/%c3%a4', '/admin/...'])(
    'holds for %s',
    (path) => expect(isBelowAdmin(path)).toBe(true),
  )

  it.each(['/', '/administrator', '/users/admin', '/Admin'])('does not hold for %s', (path) => {
    expect(isBelowAdmin(path)).toBe(false)
  })

  it.each([
    '/./admin',
    '/x/../admin',
    '/admin/..',
    '//admin',
    '/admin;x',
    '/x/..;/admin',
    '/;/admin',
    '/x\\..\\admin',
    '/%2e%2e/admin',
    '/x%2f..%2fadmin',
    '/%61dmin',
    '/%41dmin',
    '/admi%6e',
    '/x%5cadmin',
    '/%252e%252e/admin',
    '/x%3b/admin',
    '/admin%00',
    '/admin\u0000',
    '/admin\n',
    '/x%',
    '/x%zz',
    '/x?/admin',
    '/x#/admin',
  ])('cannot tell of %j, which some server reads as another path', (path) => {
    expect(isBelowAdmin(path)).toBe('Path is not normalised')
  })
})

describe('time zones', () => {
  const clock = expressionScope<string>([valueVariable('zone', stringType, (zone) => zone)])

  it.each(['+25:00', '-24:00', '+05:60', '99:99', '5:30', 'GMT+25:00'])(
    '%s is refused when the folder is loaded, and fails when a request brings it',
    (zone) => {
      const text = `timestamp("2026-01-01T00:00:00Z").getHours("${zone}") == 1`
      expect(compileCondition(text, clock)).toMatchObject({
        errors: [{ message: 'Unknown time zone' }],
      })
      const read = compileCondition(text.replace(`"${zone}"`, 'zone'), clock)
      expect(read.ok && read.evaluate(zone)).toMatchObject({ message: 'Unknown time zone' })
    },
  )

  it.each([
    ['+23:59', 23],
    ['-00:30', 23],
    ['05:30', 5],
    ['+14:00', 14],
  ])('%s is one', (zone, hour) => {
    const text = `timestamp("2026-01-01T00:00:00Z").getHours("${zone}") == ${hour}`
    const compiled = compileCondition(text, clock)
    expect(compiled.ok && compiled.evaluate('')).toBe(true)
  })
})
