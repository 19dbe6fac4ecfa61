import { refuse, type Refusal } from '../model/refusal.ts'

/** How the names of service accounts begin. */
export const serviceAccountPrefix = 'system:serviceaccount:'

const pattern =
  /^system:serviceaccount:([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?):([a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?)$/

/** What a policy reads of a service account, beside its subject. */
export interface ServiceAccount {
  readonly namespace: string
  readonly service_account: string
}

/**
 * The subject of a Kubernetes service account token, `system:serviceaccount:NAMESPACE:NAME`, taken
 * apart. Other subjects of a cluster (its nodes, its people) are refused, and so is a token whose
 * `kubernetes.io` claim says something else than its subject.
 */
export function readServiceAccount(
  subject: string,
  payload: Readonly<Record<string, unknown>>,
): ServiceAccount | Refusal {
  const [, namespace = '', name = ''] = pattern.exec(subject) ?? []
  if (namespace === '') return refuse('token_claims_invalid', '"sub" is no service account')
  const claim = objectOf(payload['kubernetes.io'])
  const account = objectOf(claim?.['serviceaccount'])
  const contradicts =
    claim !== null && (claim['namespace'] !== namespace || account?.['name'] !== name)
  if (contradicts || (claim === null && payload['kubernetes.io'] !== undefined)) {
    return refuse('token_claims_invalid', '"kubernetes.io" is about another one than "sub"')
  }
  return { namespace, service_account: name }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return value as Readonly<Record<string, unknown>>
}
