import { hash } from 'node:crypto'
import type { Clock } from '../model/clock.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import { readIntrospection } from './introspection-answer.ts'
import type { IntrospectionEndpoint, SharedAnswers } from './introspection.ts'
import type { IntrospectionOptions, IssuerOptions } from './options.ts'
import type { Basis } from './token-cache.ts'
import type { TokenVerifier, Verdict } from './verified-tokens.ts'

/** Tokens that are asked about at one time; past it the answer is `overloaded`. */
const maxPendingAnswers = 256

export interface IntrospectionVerifier extends TokenVerifier {
  /** By its form alone: whatever else it may be, nobody else is asked about it. */
  isFor(token: string): boolean
}

export interface IntrospectedIssuer {
  readonly issuer: IssuerOptions
  readonly introspection: IntrospectionOptions
  readonly endpoint: IntrospectionEndpoint
}

/** Tokens that say nothing to us, by asking their issuer (RFC 7662). */
export function createIntrospectionVerifier(
  { issuer, introspection, endpoint }: IntrospectedIssuer,
  skewS: number,
  clock: Clock,
  shared: SharedAnswers | null,
): IntrospectionVerifier {
  const { maxAgeS } = introspection
  let pending = 0

  function verify(token: string): Refusal | Promise<Verdict> {
    return pending < maxPendingAnswers
      ? ask(token)
      : refuse('overloaded', 'Too many tokens are being introspected')
  }

  async function ask(token: string): Promise<Verdict> {
    pending += 1
    try {
      const key = shared === null ? '' : keyOf(introspection, token)
      const kept = (await shared?.get(key)) ?? null
      if (kept !== null) {
        const verdict = readKept(kept)
        if (verdict !== null) return verdict
      }
      const askedAtMs = clock.nowMs()
      const asked = await endpoint.ask(token)
      if (asked.kind === 'unavailable') {
        return unknown(refuse('issuer_unavailable', `Cannot introspect: ${asked.detail}`))
      }
      const verdict = judge(asked.text, askedAtMs)
      if (!('kind' in verdict.answer)) {
        shared?.put(key, JSON.stringify([askedAtMs, asked.text]), maxAgeS * 1_000)
      }
      return verdict
    } finally {
      pending -= 1
    }
  }

  /** Null: it is too old, or nothing that was put there. */
  function readKept(kept: string): Verdict | null {
    const [askedAtMs, text] = parsePair(kept)
    if (typeof askedAtMs !== 'number' || typeof text !== 'string') return null
    const ageMs = clock.nowMs() - askedAtMs
    if (!(ageMs > -skewS * 1_000 && ageMs < maxAgeS * 1_000)) return null
    const verdict = judge(text, askedAtMs)
    return 'kind' in verdict.answer ? null : verdict
  }

  function judge(text: string, askedAtMs: number): Verdict {
    const nowMs = clock.nowMs()
    const read = readIntrospection(text, issuer, nowMs, skewS, maxAgeS)
    if ('kind' in read) return unknown(read)
    return {
      answer: read.identity,
      validity: read.validity,
      basis,
      generation: 0,
      usableUntilMs: askedAtMs + maxAgeS * 1_000,
    }
  }

  return { isFor: (token) => introspection.tokens === 'all' || !looksSigned(token), verify }
}

const basis: Basis = { generation: 0 }

function unknown(answer: Refusal): Verdict {
  return { answer, validity: null, basis: null, generation: 0, usableUntilMs: null }
}

/** A JWS in compact form (RFC 7515 section 7.1): `{"` in base64url, and two dots. */
function looksSigned(token: string): boolean {
  if (!token.startsWith('eyJ')) return false
  const first = token.indexOf('.')
  const second = first === -1 ? -1 : token.indexOf('.', first + 1)
  return second !== -1 && !token.includes('.', second + 1)
}

/** Of the whole token and of whom was asked in whose name: no answer is taken for another's. */
function keyOf({ url, clientId }: IntrospectionOptions, token: string): string {
  return hash('sha256', JSON.stringify([url, clientId, token]), 'base64url')
}

function parsePair(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
