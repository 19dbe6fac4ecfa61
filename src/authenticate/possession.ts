import { hash, type KeyObject } from 'node:crypto'
import type { Identity } from '../model/identity.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import type { ClientAddress, RequestFacts } from '../model/request-facts.ts'
import { refuseCertificate } from './binding.ts'
import type { DpopNonces } from './dpop-nonce.ts'
import { type DpopProof, hashToken, readProof } from './dpop-proof.ts'
import type { DpopOptions } from './options.ts'
import { importProofKey } from './proof-key.ts'
import { isTarget, type NormalisePath } from './proof-target.ts'
import type { ReplayWindow } from './replay-window.ts'
import { UnderWay, type WorkLimits } from './under-way.ts'
import { verifySignature } from './verify-signature.ts'

/** What of a request a proof is about. */
export type Presentation = Pick<
  RequestFacts,
  'method' | 'scheme' | 'authority' | 'path' | 'dpop' | 'dpopCount' | 'client'
>

export interface PossessionParts {
  readonly options: DpopOptions
  readonly clockSkewS: number
  readonly nonces: DpopNonces
  readonly replay: ReplayWindow
  readonly normalisePath: NormalisePath
}

/** Signatures of proofs being verified at one time; past it the answer is `overloaded`. */
export const proofLimits: WorkLimits = { max: 1_024, perClient: 512 }

/**
 * Whether who sends a token with the DPoP scheme holds the key that the token is bound to (RFC 9449):
 * asked on every request, also where the token was verified before.
 */
export class Possession {
  readonly #parts: PossessionParts
  /** By identity: the key of a bound token is always the same, and reading it costs 50 µs. */
  readonly #keys = new WeakMap<Identity, KeyObject>()
  readonly #verifying = new UnderWay(proofLimits, 'DPoP proofs', 'are being verified')

  constructor(parts: PossessionParts) {
    this.#parts = parts
  }

  /** Null: it is proven. The token came with the DPoP scheme. */
  prove(
    identity: Identity,
    token: string,
    request: Presentation,
    nowMs: number,
  ): Refusal | null | Promise<Refusal | null> {
    const { confirmation } = identity
    const jkt = confirmation?.jkt ?? null
    if (confirmation === null || jkt === null) return notBound
    const refusal = refuseCertificate(confirmation, request.client)
    return refusal ?? this.#proveKey(identity, jkt, token, request, nowMs)
  }

  #proveKey(
    identity: Identity,
    jkt: string,
    token: string,
    request: Presentation,
    nowMs: number,
  ): Refusal | Promise<Refusal | null> {
    const { options, normalisePath } = this.#parts
    const { dpop, dpopCount } = request
    if (dpopCount > 1) return refuse('proof_malformed', `${dpopCount} DPoP fields`)
    if (dpop === null) return proofMissing
    const proof = readProof(dpop, options.algorithms)
    if ('kind' in proof) return proof
    if (proof.key.thumbprint !== jkt) {
      return refuse('proof_key_mismatch', 'The DPoP proof is of another key than the token')
    }
    if (proof.method !== request.method) return mismatch('"htm" is another method')
    if (!isTarget(proof.url, request, normalisePath)) return mismatch('"htu" is another URL')
    if (proof.tokenHash !== hashToken(token)) return mismatch('"ath" is of another token')
    const late = this.#refuseTime(proof, nowMs)
    if (late !== null) return late
    const overloaded = this.#verifying.refuse(request.client)
    if (overloaded !== null) return overloaded
    const key = this.#keys.get(identity) ?? importProofKey(proof.key)
    if (key === null) return refuse('proof_malformed', 'The key of the DPoP proof is unusable')
    this.#keys.set(identity, key)
    return this.#verify(proof, key, request.client, nowMs)
  }

  #refuseTime({ issuedAtS, nonce }: DpopProof, nowMs: number): Refusal | null {
    const { options, clockSkewS, nonces, replay } = this.#parts
    const ageS = nowMs / 1_000 - issuedAtS
    // A proof of before the start may be dated after it: by as much as a client's clock may be fast.
    const isFromPredecessor = (issuedAtS - clockSkewS) * 1_000 < replay.sinceMs
    if (ageS <= options.maxAgeS + clockSkewS && ageS >= -clockSkewS) {
      if (!options.isNonceRequired && !isFromPredecessor) return null
      if (nonce !== null && nonces.isGood(nonce, nowMs)) return null
      const detail = nonce === null ? 'The DPoP proof has no nonce' : 'The nonce is not of now'
      return { ...refuse('proof_nonce_required', detail), dpopNonce: nonces.current(nowMs) }
    }
    const detail =
      ageS > 0 ? `Made ${Math.floor(ageS)} s ago` : `Made ${Math.ceil(-ageS)} s from now`
    // With a clock that is wrong only a nonce helps: it says what time it is here.
    return refuse('proof_stale', detail)
  }

  async #verify(
    proof: DpopProof,
    key: KeyObject,
    client: ClientAddress,
    nowMs: number,
  ): Promise<Refusal | null> {
    const end = this.#verifying.begin(client)
    try {
      // Before it is remembered: forged proofs must not take room.
      if (!(await verifySignature(proof.signed, key))) {
        return refuse('proof_signature_invalid', 'The DPoP proof is not signed by its key')
      }
      const { options, clockSkewS, replay } = this.#parts
      const untilMs = (proof.issuedAtS + options.maxAgeS + clockSkewS) * 1_000
      const digest = hash('sha256', proof.id, 'base64url')
      const claim = await replay.claim(proof.key.thumbprint, digest, untilMs, nowMs)
      if (claim === 'fresh') return null
      return claim === 'replayed'
        ? refuse('proof_replayed', 'The DPoP proof was used before')
        : refuse('overloaded', 'No more DPoP proofs can be remembered')
    } finally {
      end()
    }
  }
}

const notBound = refuse(
  'token_not_bound',
  'The DPoP scheme carries a token that is not bound to a key ("cnf.jkt")',
)
const proofMissing = refuse('proof_missing', 'The token is bound to a key, and no DPoP proof came')

function mismatch(detail: string): Refusal {
  return refuse('proof_mismatch', `The DPoP proof is not of this request: ${detail}`)
}
