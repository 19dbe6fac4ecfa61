import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Decision, ReasonCode } from '../model/decision.ts'
import type { FaultCode } from '../model/fault.ts'
import type { RefusalCode } from '../model/refusal.ts'
import { prefersHtml } from './accept.ts'
import { writeAtEndOfTurn } from '../service/end-of-turn.ts'
import { discardBody } from './discard.ts'
import { explainDenial, explainFault, explainRefusal } from './explanations.ts'
import { lingerAndClose, lingerAtEnd } from '../service/linger.ts'
import { pagePolicy, type Problem, renderProblemPage } from './problem-page.ts'
import {
  challengeOf,
  challengeOfDenial,
  endsConnection,
  statusOfDenial,
  statusOfFault,
  statusOfRefusal,
  withMetadata,
} from './status.ts'
import { watchTail } from './watch-tail.ts'
import type { Reply } from '../model/reply.ts'

/** A no of any kind, ready to be written. */
export interface Answer extends Problem {
  readonly challenge: string | null
  readonly closes: boolean
  /** `Allow`, for an unknown method. */
  readonly allow: readonly string[] | null
  /** `DPoP-Nonce`, for the next proof. */
  readonly dpopNonce: string | null
  /** Name, value, name, value: what else the client is told. */
  readonly fields?: readonly string[]
}

export function answerRefusal(
  code: RefusalCode,
  decisionId: string,
  allow: readonly string[] | null = null,
  metadataUrl: string | null = null,
  dpopNonce: string | null = null,
): Answer {
  const status = statusOfRefusal(code)
  return {
    ...problem(status, explainRefusal(code), code, decisionId),
    challenge: withMetadata(challengeOf(code), metadataUrl),
    closes: endsConnection(code),
    allow,
    dpopNonce,
  }
}

export function answerDenial(
  decision: Decision,
  decisionId: string,
  metadataUrl: string | null = null,
): Answer {
  const { reason } = decision
  return {
    ...problem(statusOfDenial(reason), explainDenial(reason), codeTold(reason), decisionId),
    challenge: withMetadata(challengeOfDenial(decision), metadataUrl),
    closes: false,
    allow: null,
    dpopNonce: null,
  }
}

/** Whoever tries names of tenants must not learn which of them there are. */
function codeTold(reason: ReasonCode): ReasonCode {
  return reason === 'unknown_scope' ? 'no_applicable_rule' : reason
}

export function answerFault(code: FaultCode, decisionId: string): Answer {
  const status = statusOfFault(code)
  return {
    ...problem(status, explainFault(code), code, decisionId),
    challenge: null,
    closes: code === 'ERR_INTERNAL',
    allow: null,
    dpopNonce: null,
  }
}

function problem(status: number, detail: string, code: string, decisionId: string): Problem {
  return { status, title: STATUS_CODES[status] ?? 'Error', detail, code, decisionId }
}

/**
 * Writes a no (RFC 9457 for programs, a page for people) and sees to it that neither a body nobody
 * asked for nor a client that does not read for `tailTimeoutMs` stays in the way.
 */
export function respond(
  req: IncomingMessage,
  res: Reply,
  answer: Answer,
  tailTimeoutMs: number,
): void {
  const html = prefersHtml(acceptOf(req.rawHeaders))
  const body = html ? renderProblemPage(answer) : renderProblemJson(answer)
  const length = Buffer.byteLength(body)
  const headers = [
    'Content-Type',
    html ? 'text/html; charset=utf-8' : 'application/problem+json',
    'Content-Length',
    String(length),
    'Cache-Control',
    'no-store',
    'Vary',
    'Accept',
    'X-Content-Type-Options',
    'nosniff',
    'Sallyport-Decision',
    answer.decisionId,
  ]
  if (html) {
    headers.push('Content-Security-Policy', pagePolicy, 'Referrer-Policy', 'no-referrer')
  }
  if (answer.challenge !== null) headers.push('WWW-Authenticate', answer.challenge)
  if (answer.dpopNonce !== null) headers.push('DPoP-Nonce', answer.dpopNonce)
  if (answer.allow !== null) headers.push('Allow', answer.allow.join(', '))
  if (answer.status === 503 || answer.code === 'attempts_exhausted')
    headers.push('Retry-After', '1')
  if (answer.fields !== undefined) headers.push(...answer.fields)
  if (answer.closes) headers.push('Connection', 'close')
  // With the phrase: one that an upstream gave may still be set.
  res.writeHead(answer.status, answer.title, headers)
  const end = (): void => {
    if (res.destroyed) return
    // In one piece with its header.
    if (length === body.length) res.end(body, 'latin1')
    else res.end(body)
    watchTail(res, tailTimeoutMs)
  }
  if (req.complete && !answer.closes) {
    writeAtEndOfTurn({ endOfTurn: end })
    return
  }
  // What is closed for a doubt may have more behind it.
  if (answer.closes) lingerAtEnd(req.socket)
  end()
  if (!answer.closes) discardBody(req, res)
}

function renderProblemJson(answer: Answer): string {
  return JSON.stringify({
    type: 'about:blank',
    title: answer.title,
    status: answer.status,
    detail: answer.detail,
    code: answer.code,
    decision_id: answer.decisionId,
  })
}

function acceptOf(rawHeaders: readonly string[]): string | null {
  let accept: string | null = null
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    if (name.length !== 6 || name.toLowerCase() !== 'accept') continue
    const value = rawHeaders[index + 1] ?? ''
    accept = accept === null ? value : `${accept},${value}`
  }
  return accept
}

/** Answers bytes that never became a request, with no more than their sender needs, and closes. */
export function respondToUnreadable(socket: Socket, code: RefusalCode, decisionId: string): number {
  const status = statusOfRefusal(code)
  const body = renderProblemJson(answerRefusal(code, decisionId))
  socket.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\n` +
      'Content-Type: application/problem+json\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n` +
      'Cache-Control: no-store\r\n' +
      `Sallyport-Decision: ${decisionId}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  )
  // Where it was to become a tunnel, node:http has let go of it.
  socket.on('error', () => socket.destroy())
  lingerAndClose(socket)
  return status
}
