import { describe, expect, it } from 'vitest'
import { compilePolicies } from '../../src/policy/compile.ts'

type Write = (count: number) => string

function rolesOf(count: number, role: (at: number) => string): string {
  return `roles:\n${Array.from({ length: count }, (_, at) => `  role-${at}: ${role(at)}\n`).join('')}`
}

function listed(count: number, entry: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => entry(at)).join('')
}

/** What once took time with the square of its size. */
const files: Readonly<Record<string, Write>> = {
  'roles that inherit what nobody declares': (count) =>
    rolesOf(count, (at) => `{ inherits: [rol-${at}] }`),
  'entries of the wrong form': (count) =>
    `roles: { a: {} }\nassignments:\n${listed(count, () => '  - { roles: [7], subjects: [s] }\n')}`,
  'circles of roles': (count) =>
    rolesOf(count, (at) => `{ inherits: [role-0, role-${(at + 1) % count}] }`),
  'a list of many names': (count) =>
    `roles: { a: { inherits: [${listed(count * 4, (at) => `r${at}, `)}] } }\n`,
  'many roles that exclude each other': (count) =>
    `${rolesOf(count, (at) => `{ when: '"g${at}" in subject.groups' }`)}separation:\n  - static: [${listed(count, (at) => `role-${at}, `)}]\n`,
  'one subject in many scopes': (count) =>
    `roles: { a: {}, b: {} }\nseparation: [{ static: [a, b], within: scope }]\nassignments:\n${listed(count, (at) => `  - { roles: a, subjects: [s], scope: s${at} }\n`)}`,
  'lines that are no YAML': (count) => rolesOf(count, () => '"a" b'),
}

function millisecondsFor(text: string): number {
  const start = performance.now()
  const { policies } = compilePolicies([{ path: 'roles.yaml', text }])
  expect(policies).toBeNull()
  return performance.now() - start
}

/** The best of several: a pause of the machine makes a run slower, and nothing makes it faster. */
function best(text: string): number {
  return Math.min(...Array.from({ length: 3 }, () => millisecondsFor(text)))
}

describe('a file that is refused', () => {
  it.each(Object.entries(files))('takes time in proportion to its size: %s', (_, write) => {
    const [small, large] = [write(500), write(2_000)]
    millisecondsFor(small)
    // Four times the size: in proportion 4, by the square 16.
    expect(best(large) / Math.max(best(small), 2)).toBeLessThan(10)
  })
})
