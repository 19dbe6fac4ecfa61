import { compilePolicies, type CompiledPolicies } from '../../src/policy/compile.ts'
import type { PolicySource } from '../../src/policy/load.ts'

/** Text by file name; indentation common to all lines is taken away. */
export type Files = Readonly<Record<string, string>>

export const rolesFile = `
  roles:
    employee: { when: '"staff" in subject.groups' }
    manager: { inherits: [employee], when: '"managers" in subject.groups' }
`

const expenseFile = `
  resource: expense
  actions: [view, approve]
  attributes: { owner: string, amount: double, files: list<string> }
  rules:
    - id: own
      permit: [view]
      roles: [employee]
      when: resource.owner == subject.id
    - id: approve
      permit: [approve]
      roles: [manager]
`

/** A set without findings, to which one bad file is added. */
export const soundFiles: Files = { 'roles.yaml': rolesFile, 'expense.yaml': expenseFile }

export function sourcesOf(files: Files): readonly PolicySource[] {
  return Object.entries(files).map(([path, text]) => ({ path, text: dedent(text) }))
}

export function compile(files: Files): CompiledPolicies {
  return compilePolicies(sourcesOf(files))
}

/** One line a finding: place, severity, code, message and hint. */
export function diagnose(files: Files): string {
  return compile(files)
    .diagnostics.map(({ file, line, column, severity, code, message, hint }) => {
      const place = `${file}:${line}:${column}`
      return `${place} ${severity} ${code}: ${message}${hint === null ? '' : ` [${hint}]`}`
    })
    .join('\n')
}

export function dedent(text: string): string {
  const lines = text.replace(/^\n/u, '').split('\n')
  const widths = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/u))
  const width = Math.min(...widths)
  return lines.map((line) => line.slice(width)).join('\n')
}
