import { describe, expect, it } from 'vitest'
import { compilePolicies } from '../../src/policy/compile.ts'
import { processorMs } from '../support/processor-ms.ts'

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

/** The best of two: a collection of memory makes a run slower, and nothing makes it faster. */
function processorTime(text: string): number {
  const compileOnce = (): number =>
    processorMs(() => {
      expect(compilePolicies([{ path: 'roles.yaml', text }]).policies).toBeNull()
    })
  return Math.min(compileOnce(), compileOnce())
}

describe('a file that is refused', () => {
  it.each(Object.entries(files))('takes time in proportion to its size: %s', (_, write) => {
    // The first makes the compiler warm.
    processorTime(write(250))
    const [small, large] = [processorTime(write(250)), processorTime(write(2_000))]
    // Eight times the size: in proportion 8, by the square 64.
    expect(large / Math.max(small, 4)).toBeLessThan(32)
  })
})
