import type { AccessRequest } from '../../src/model/access-request.ts'

/**
 * The same 100 rules in every engine's words: for each of ten resource types and five actions, one
 * for each of two roles, with a condition over two attributes of the resource and one of the subject.
 */
export interface PeerRule {
  readonly type: string
  readonly action: string
  readonly role: string
  readonly limit: number
}

export const peerTypes = Array.from({ length: 10 }, (_, at) => `document${at}`)
export const peerActions = ['view', 'file', 'edit', 'approve', 'delete']
export const peerRoles = ['employee', 'manager']

export const peerRules: readonly PeerRule[] = peerTypes.flatMap((type) =>
  peerActions.flatMap((action) =>
    peerRoles.map((role, at) => ({ type, action, role, limit: (at + 1) * 1_000 })),
  ),
)

const subjects = ['ann', 'ben'].map((id) =>
  Object.freeze({
    type: 'user',
    id,
    properties: Object.freeze({
      department: 'sales',
      groups: id === 'ann' ? ['employee'] : ['employee', 'manager'],
    }),
  }),
)

/** Permitted and denied, by the role and by the condition. */
export const peerRequests: readonly AccessRequest[] = Array.from({ length: 100 }, (_, at) => ({
  subject: subjects[at % 2] ?? { type: 'user', id: 'ann', properties: {} },
  action: { name: peerActions[at % peerActions.length] ?? 'view', properties: {} },
  resource: {
    type: peerTypes[(at * 3) % peerTypes.length] ?? 'document0',
    id: String(at),
    properties: {
      department: at % 7 === 0 ? 'legal' : 'sales',
      amount: (at % 5) * 450 + 120,
    },
  },
  context: {},
  timeMs: 1_700_000_000_000,
}))

/** An engine that has been given the rules: which of the requests it permits. */
export interface Peer {
  readonly name: string
  /** What must be known to read the figure. */
  readonly note: string
  ask(requests: readonly AccessRequest[]): readonly boolean[] | Promise<readonly boolean[]>
  close?(): Promise<void>
}

/** What every engine must come to, or the comparison is of different questions. */
export function expectedAnswers(): readonly boolean[] {
  return peerRequests.map(({ subject, action, resource }) => {
    const { groups, department } = subject.properties as { groups: string[]; department: string }
    const { amount, department: owner } = resource.properties as {
      amount: number
      department: string
    }
    return peerRules.some(
      ({ type, action: name, role, limit }) =>
        type === resource.type &&
        name === action.name &&
        groups.includes(role) &&
        owner === department &&
        amount <= limit,
    )
  })
}
