import type { JWK } from 'jose'
import type { Clock } from '../model/clock.ts'
import { type Identity, isAnonymous } from '../model/identity.ts'
import {
  createSigningKey,
  readSigningKeys,
  signClaims,
  type SigningKeys,
  type SigningKeySource,
} from './identity-token-key.ts'
import type { IdentityTokenOptions } from './options.ts'

export interface IdentityTokenMinter {
  /**
   * The one that is kept for this identity, roles and audience, or a new one. Empty for whoever is
   * anonymous: there is nothing to vouch for.
   */
  token(identity: Identity, roles: readonly string[], audience: string): string
  /** What upstreams verify with; public keys only. */
  jwks(): { readonly keys: readonly JWK[] }
}

interface KeptToken {
  readonly roles: readonly string[]
  readonly mintedAtMs: number
  /** Infinity when a new one could not live longer. */
  readonly renewAtMs: number
  readonly token: string
}

/** Audiences are upstream origins; an identity that meets more of them starts over. */
const maxAudiencesPerIdentity = 64
/** Roles can differ from tenant to tenant: who is in many starts over as well. */
const maxRoleSetsPerAudience = 16

/**
 * Mints the JWT that tells an upstream who is calling: ES256, `typ` JWT, claims `iss`, `aud`,
 * `sub` (the subject's id), `iat`, `exp`, `roles`, `idp` (issuer of the client's own token) and,
 * when the client's token has them, `acr` and `sid`. No `jti`: one token serves many requests, and
 * a receiver that refuses repeated ids must not be led astray. The client's own token is nowhere in
 * it, and it never outlives that one. Signs with the keys given, and else with that of the key file;
 * throws a Fault (`ERR_READ`) when that cannot be used.
 */
export async function createIdentityTokenMinter(
  options: IdentityTokenOptions,
  clock: Clock,
  source: SigningKeySource | null = null,
): Promise<IdentityTokenMinter> {
  const { issuer, lifetimeS } = options
  const keys = source ?? { current: await readKeysOnce(options.keyFile) }
  // By identity object: what is kept goes when the verified token goes.
  const kept = new WeakMap<Identity, Map<string, KeptToken[]>>()

  function token(identity: Identity, roles: readonly string[], audience: string): string {
    if (isAnonymous(identity)) return ''
    const nowMs = clock.nowMs()
    for (const found of kept.get(identity)?.get(audience) ?? none) {
      if (!haveSameRoles(found.roles, roles)) continue
      if (nowMs < found.renewAtMs && nowMs >= found.mintedAtMs) return found.token
    }
    return mint(identity, roles, audience, nowMs)
  }

  function mint(
    identity: Identity,
    roles: readonly string[],
    audience: string,
    nowMs: number,
  ): string {
    const nowS = Math.floor(nowMs / 1_000)
    const expiresAtS = Math.min(nowS + lifetimeS, Math.floor(identity.expiresAtS))
    const minted = sign(identity, roles, audience, nowS, expiresAtS)
    let byAudience = kept.get(identity)
    if (byAudience === undefined || byAudience.size >= maxAudiencesPerIdentity) {
      byAudience = new Map()
      kept.set(identity, byAudience)
    }
    const entry: KeptToken = {
      roles,
      mintedAtMs: nowMs,
      renewAtMs: expiresAtS < nowS + lifetimeS ? Infinity : nowMs + (lifetimeS * 1_000) / 2,
      token: minted,
    }
    const others = (byAudience.get(audience) ?? none).filter(
      (other) => !haveSameRoles(other.roles, roles),
    )
    byAudience.set(audience, others.length < maxRoleSetsPerAudience ? [...others, entry] : [entry])
    return minted
  }

  function sign(
    { subject, issuer: idp, acr, sessionId }: Identity,
    roles: readonly string[],
    audience: string,
    issuedAtS: number,
    expiresAtS: number,
  ): string {
    return signClaims(keys.current.signing, {
      roles,
      idp,
      ...(acr !== null && { acr }),
      ...(sessionId !== null && { sid: sessionId }),
      iss: issuer,
      aud: audience,
      sub: subject.id,
      iat: issuedAtS,
      exp: expiresAtS,
    })
  }

  return { token, jwks: () => ({ keys: keys.current.published }) }
}

async function readKeysOnce(keyFile: string | null): Promise<SigningKeys> {
  const keys = keyFile === null ? [createSigningKey()] : await readSigningKeys(keyFile)
  const [signing = createSigningKey()] = keys
  return { signing, published: keys.map(({ publicJwk }) => publicJwk) }
}

const none: readonly KeptToken[] = []

function haveSameRoles(kept: readonly string[], asked: readonly string[]): boolean {
  if (kept === asked) return true
  return kept.length === asked.length && kept.every((role, index) => role === asked[index])
}
