import { STATUS_CODES } from 'node:http'
import type { Decision } from '../model/decision.ts'
import { writeAtEndOfTurn } from '../service/end-of-turn.ts'
import type { Problem } from './read-json.ts'
import type { Reply } from '../model/reply.ts'

/** Where the decision's id is found whatever the body says. */
const decisionField = 'Sallyport-Decision'
const requestIdField = 'X-Request-ID'

/** How long a connection without a call is kept. */
export const keepAliveTimeoutMs = 65_000
const keepAlive = `timeout=${keepAliveTimeoutMs / 1_000}`

const permitBody = '{"decision":true}'
const denyBody = '{"decision":false}'

/** One decision as AuthZEN writes it: bare, unless it obliges the caller or the caller asked why. */
export function writeDecision(decision: Decision, id: string, explains: boolean): string {
  const isPermit = decision.effect === 'permit'
  if (!explains && decision.obligations.length === 0) return isPermit ? permitBody : denyBody
  const { obligations, output, reason, rules, errors, policyDigest } = decision
  const told = output === undefined ? {} : { output }
  const explanation = explains
    ? { id, reason, rules, errors, ...told, policy_digest: policyDigest }
    : {}
  const context = obligations.length === 0 ? explanation : { obligations, ...explanation }
  return JSON.stringify({ decision: isPermit, context })
}

/** One evaluation of several that could not be made: a deny, with what is wrong with it. */
export function writeFailedEvaluation(problem: Problem): string {
  return JSON.stringify({
    decision: false,
    context: { error: { status: 400, message: problem } },
  })
}

export function sendAnswer(
  res: Reply,
  requestId: string | null,
  decisionId: string,
  more: readonly string[],
  body: string,
): void {
  const fields = ['Content-Type', 'application/json', decisionField, decisionId, ...more]
  if (requestId !== null) fields.push(requestIdField, requestId)
  send(res, 200, fields, body)
}

/** AuthZEN section "Error Responses": the body is the message, here a JSON string. */
export function sendError(
  res: Reply,
  requestId: string | null,
  status: number,
  message: string,
  fields: readonly string[] = [],
): void {
  if (res.headersSent || res.destroyed) return
  const body = JSON.stringify(message)
  const all = ['Content-Type', 'application/json', 'X-Content-Type-Options', 'nosniff', ...fields]
  if (requestId !== null) all.push(requestIdField, requestId)
  send(res, status, all, body)
}

/**
 * Header and body leave in one write when the body is text, in the encoding of the body: as UTF-8 it
 * would change an X-Request-ID beyond ASCII.
 */
function send(res: Reply, status: number, fields: string[], body: string): void {
  const length = Buffer.byteLength(body)
  fields.push('Content-Length', String(length))
  // The server has no time-out of its own that node:http would tell of.
  if (res.shouldKeepAlive) fields.push('Keep-Alive', keepAlive)
  res.writeHead(status, STATUS_CODES[status] ?? '', fields)
  writeAtEndOfTurn({
    endOfTurn: () => {
      if (length === body.length) res.end(body, 'latin1')
      else res.end(Buffer.from(body), () => {})
    },
  })
}
