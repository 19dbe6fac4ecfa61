import type { Clock } from '../model/clock.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import type { ClientAddress } from '../model/request-facts.ts'
import { readIntrospection } from './introspection-answer.ts'
import type { AskedAnswer, IntrospectionEndpoint, SharedAnswers } from './introspection.ts'
import type { IntrospectionOptions, IssuerOptions } from './options.ts'
import { refusedForMs } from './refused-tokens.ts'
import type { Basis } from './token-cache.ts'
import { UnderWay, type WorkLimits } from './under-way.ts'
import type { TokenVerifier, Verdict } from './verified-tokens.ts'

/**
 * Tokens that are asked about at one time; past it the answer is `overloaded`. One client has half as
 * many as there are connections to the endpoint, so that nobody has to wait for it to time out.
 */
const askingLimits: WorkLimits = { max: 256, perClient: 64 }

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
  const { url, clientId, maxAgeS } = introspection
  const asking = new UnderWay(askingLimits, 'tokens', 'are being introspected')

  function verify(token: string, from: ClientAddress | null): Refusal | Promise<Verdict> {
    return asking.refuse(from) ?? ask(token, from)
  }

  async function ask(token: string, from: ClientAddress | null): Promise<Verdict> {
    const end = asking.begin(from)
    try {
      if (shared === null) return judgeAsked(await askEndpoint(token))
      const parts = [url, clientId, token]
      const own = new Set<AskedAnswer>()
      const load = async (): Promise<AskedAnswer> => {
        const answer = await askEndpoint(token)
        own.add(answer)
        return answer
      }
      const found = await shared.get(parts, load, isCurrent)
      // One's own is none to ask for anew, however long the endpoint took for it.
      return judgeAsked(own.has(found) || isCurrent(found) ? found : await askEndpoint(token))
    } finally {
      end()
    }
  }

  async function askEndpoint(token: string): Promise<AskedAnswer> {
    const askedAtMs = clock.nowMs()
    const introspected = await endpoint.ask(token)
    if (introspected.kind !== 'answer') return { introspected, askedAtMs, keptUntilMs: 0 }
    const { answer } = judge(introspected.text, askedAtMs)
    if (!('kind' in answer)) {
      return { introspected, askedAtMs, keptUntilMs: askedAtMs + maxAgeS * 1_000 }
    }
    // A no is kept as well, but not when it is none of the token.
    const keptMs =
      answer.code === 'issuer_unavailable' ? 0 : Math.min(maxAgeS * 1_000, refusedForMs)
    return { introspected, askedAtMs, keptUntilMs: askedAtMs + keptMs }
  }

  /** Others may keep answers for longer, and their clocks may differ. */
  function isCurrent({ askedAtMs }: AskedAnswer): boolean {
    const ageMs = clock.nowMs() - askedAtMs
    return ageMs > -skewS * 1_000 && ageMs < maxAgeS * 1_000
  }

  function judgeAsked({ introspected, askedAtMs }: AskedAnswer): Verdict {
    if (introspected.kind === 'answer') return judge(introspected.text, askedAtMs)
    // The sender pays for a token that nobody would read.
    const code = introspected.kind === 'refused' ? 'token_inactive' : 'issuer_unavailable'
    return unknown(refuse(code, `Cannot introspect: ${introspected.detail}`))
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

  return {
    isFor: (token) => introspection.tokens === 'all' || !looksSigned(token),
    verify,
  }
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
