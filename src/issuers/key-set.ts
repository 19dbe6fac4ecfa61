import type { KeyLookup } from '../authenticate/key-source.ts'
import type { SignatureAlgorithm } from '../authenticate/options.ts'
import { Fault } from '../model/fault.ts'
import { importKey, type VerificationKey } from './import-key.ts'

/** The usable keys of one issuer at one time. */
export interface KeySet {
  readonly size: number
  /** Equal for sets that verify the same. */
  readonly fingerprint: string
  readonly warnings: readonly string[]
  find(kid: string | null, algorithm: SignatureAlgorithm): KeyLookup
}

/** Throws a Fault when the document is no key set; single keys that cannot be used are left out. */
export async function readKeySet(
  document: unknown,
  accepted: readonly SignatureAlgorithm[],
  maxKeys: number,
): Promise<KeySet> {
  const members: unknown =
    typeof document === 'object' && document !== null
      ? (document as { readonly keys?: unknown }).keys
      : undefined
  if (!Array.isArray(members)) {
    throw new Fault('ERR_ISSUER_UNAVAILABLE', 'The key set has no array "keys"')
  }
  if (members.length > maxKeys) {
    throw new Fault(
      'ERR_ISSUER_UNAVAILABLE',
      `The key set has ${members.length} keys, accepted are ${maxKeys}`,
    )
  }
  const keys: VerificationKey[] = []
  const warnings: string[] = []
  for (const member of members as readonly unknown[]) {
    const imported = await importKey(member, accepted)
    if ('key' in imported) keys.push(imported)
    else if (imported.warning !== null) warnings.push(imported.warning)
  }
  return buildKeySet(keys, warnings)
}

function buildKeySet(keys: readonly VerificationKey[], warnings: readonly string[]): KeySet {
  const byKid = Map.groupBy(keys, (key) => key.kid)
  return {
    size: keys.length,
    fingerprint: keys
      .map((key) => key.fingerprint)
      .sort()
      .join('\n'),
    warnings,
    find(kid, algorithm) {
      const named = kid === null ? keys : byKid.get(kid)
      if (named === undefined) return { kind: 'unknown', detail: 'not among the published keys' }
      const fitting = named.filter((key) => key.algorithms.includes(algorithm))
      const [first] = fitting
      if (first === undefined) {
        return kid === null
          ? { kind: 'unknown', detail: `no published key is for ${algorithm}` }
          : { kind: 'unsuitable', detail: `it is not for ${algorithm}` }
      }
      return fitting.length === 1
        ? { kind: 'found', key: first.key }
        : { kind: 'unsuitable', detail: `${fitting.length} published keys fit` }
    },
  }
}
