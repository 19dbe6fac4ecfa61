import { refuse, type Refusal } from '../model/refusal.ts'
import { findClaim } from './find-claim.ts'
import type { MappedClaim } from './options.ts'

/** Policies ask whether these contain a name: a text is as good as a list of one. */
const lists: ReadonlySet<string> = new Set(['roles', 'groups'])

/** What the mapped attributes are, frozen; `undefined` where the token does not say. */
export function mapClaims(
  payload: Readonly<Record<string, unknown>>,
  attributes: readonly MappedClaim[],
): ReadonlyMap<string, unknown> | Refusal {
  const mapped = new Map<string, unknown>()
  for (const { attribute, claim } of attributes) {
    const value = findClaim(payload, claim)
    if (value === undefined || !lists.has(attribute)) {
      mapped.set(attribute, value)
      continue
    }
    const names: readonly unknown[] = typeof value === 'string' ? [value] : asList(value)
    if (names.length === 0 && !Array.isArray(value)) {
      return refuse('token_claims_invalid', `"${claim}" is no list of texts for "${attribute}"`)
    }
    if (!names.every((name) => typeof name === 'string')) {
      return refuse('token_claims_invalid', `"${claim}" is no list of texts for "${attribute}"`)
    }
    mapped.set(attribute, Object.freeze([...names]))
  }
  return mapped
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
