import type { PolicySource } from '../../src/policy/load.ts'

const departments = ['sales', 'legal', 'finance', 'support', 'research']

/** Policies of an organisation with many small services: one resource a file, a roles file for all. */
export function policyFiles(count: number): PolicySource[] {
  const sources: PolicySource[] = [{ path: 'roles.yaml', text: rolesFile() }]
  for (let at = 0; at < count - 1; at += 1) {
    sources.push({ path: `resources/${at % 100}/service-${at}.yaml`, text: resourceFile(at) })
  }
  return sources
}

function rolesFile(): string {
  const roles = departments.flatMap((department) => [
    `  ${department}-member:\n    when: '"${department}" in subject.groups'\n`,
    `  ${department}-lead:\n    inherits: [${department}-member]\n    when: '"${department}-leads" in subject.groups'\n`,
  ])
  return `roles:\n${roles.join('')}`
}

export function resourceFile(at: number, limit = 1_000 + (at % 50) * 100): string {
  const department = departments[at % departments.length] ?? 'sales'
  return `# Owned by ${department}
resource: service-${at}
actions: [list, view, edit, approve, remove]
attributes:
  owner: string
  department: string
  amount: double
  tags: list<string>
rules:
  - id: members-see
    description: Whoever belongs to the department may look
    permit: [list, view]
    roles: [${department}-member]
    when: resource.department == subject.department

  - id: owners-edit
    permit: [view, edit]
    when: has(resource.owner) && resource.owner == subject.id

  - id: leads-approve
    permit: [approve]
    roles: [${department}-lead]
    when: >-
      resource.department == subject.department
      && resource.amount <= ${limit}.0

  - id: leads-remove
    permit: [remove]
    roles: [${department}-lead]
    when: '!("keep" in resource.tags)'

  - id: never-your-own
    deny: [approve, remove]
    when: resource.owner == subject.id
`
}
