/** Someone the demo's identity provider knows. */
export interface Person {
  /** `sub` of the tokens, and `subject.id` in policies. */
  readonly id: string
  readonly name: string
  readonly title: string
  readonly email: string
  readonly department: string
  readonly groups: readonly string[]
}

function person(id: string, name: string, title: string, department: string, groups: string[]) {
  return Object.freeze({ id, name, title, email: `${id}@example.com`, department, groups })
}

export const people: readonly Person[] = [
  person('amara', 'Amara Okafor', 'Accountant', 'finance', ['staff', 'finance']),
  person('felix', 'Felix Brandt', 'Finance manager', 'finance', ['staff', 'finance', 'managers']),
  person('emil', 'Emil Lindqvist', 'Engineer', 'engineering', ['staff', 'engineering']),
  person('mona', 'Mona Haddad', 'Engineering manager', 'engineering', [
    'staff',
    'engineering-leads',
    'managers',
  ]),
  person('cora', 'Cora Silva', 'Contractor', 'external', ['contractors']),
]

export function findPerson(id: string): Person | undefined {
  return people.find((person) => person.id === id)
}
