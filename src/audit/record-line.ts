import type { AccessRequest, Subject } from '../model/access-request.ts'
import type { Decision } from '../model/decision.ts'
import type { Identity } from '../model/identity.ts'
import type { Outcome } from '../model/outcome.ts'
import { quoteWithin } from './json-string.ts'
import { JsonBudget, writeNames, writeObject, writeValue } from './json-value.ts'
import type { RecordEntry } from './record.ts'
import { RepeatedField } from './repeated-field.ts'

/** No line is longer, its line feed included. */
export const maxLineBytes = 65_536
const maxRequestBytes = 32_768
const maxFieldCharacters = 256
const maxPathCharacters = 1_024
const maxDetailCharacters = 512
const maxListed = 8
const mintedId = /^[\w.-]{1,64}$/

const told = {
  action: new RepeatedField(',"action":', maxFieldCharacters),
  resourceType: new RepeatedField(',"resource":{"type":', maxFieldCharacters),
  route: new RepeatedField(',"route":', maxFieldCharacters),
  method: new RepeatedField(',"method":', maxFieldCharacters),
  host: new RepeatedField(',"host":', maxFieldCharacters),
  clientIp: new RepeatedField(',"client_ip":', maxFieldCharacters),
  upstream: new RepeatedField(',"upstream":', maxFieldCharacters),
  address: new RepeatedField(',"address":', maxFieldCharacters),
} as const
const writtenIdentities = new WeakMap<Identity, string>()
const writtenSubjects = new WeakMap<Subject, string>()
const writtenDecisions = new WeakMap<Decision, string>()

/**
 * One line of the decision log for one entry, line feed included; `docs/records.md` lists the
 * fields. Fields without a value are absent. Reads nothing but the entry.
 */
export function writeRecordLine(entry: RecordEntry): string {
  const { decision, refusal, identity, request } = entry
  let line = writeStart(entry)
  line += decision === null ? `,"policy_digest":${field(entry.policyDigest)}` : written(decision)
  if (refusal !== null) {
    line += `,"refusal":{"code":"${refusal.code}","detail":${quoteWithin(refusal.detail, maxDetailCharacters)}}`
  }
  if (identity !== null) line += writeIdentity(identity)
  else if (request !== null) line += writeSubject(request.subject)
  if (request !== null) line += writeAsked(request)
  line += writeFacts(entry)
  line += `,"outcome":${writeOutcome(entry.outcome)}`
  if (entry.decideMs !== null) line += `,"decide_us":${Math.round(entry.decideMs * 1e3)}`
  line += `,"total_ms":${milliseconds(entry.totalMs)}`
  line += request === null ? '}\n' : `${writeRequest(entry, request)}}\n`
  return fits(line, maxLineBytes) ? line : writeShortLine(entry)
}

/** Where records are missing, the stream itself says how many and from when to when. */
export function writeLossLine(lost: number, sinceMs: number, untilMs: number): string {
  const since = isoTime(sinceMs)
  const until = isoTime(untilMs)
  return `{"kind":"loss","time":"${until}","lost":${lost},"since":"${since}","until":"${until}"}\n`
}

function writeShortLine(entry: RecordEntry): string {
  const effect = entry.decision === null ? '' : `,"effect":"${entry.decision.effect}"`
  return `${writeStart(entry)}${effect},"outcome":${writeOutcome(entry.outcome)},"line_cut":true}\n`
}

function writeStart({ id, timeMs, source, generation }: RecordEntry): string {
  // Every id is new: looking it up among the texts quoted before would be in vain.
  const quotedId = mintedId.test(id) ? `"${id}"` : field(id)
  return `{"kind":"decision","time":"${isoTime(timeMs)}","id":${quotedId},"source":"${source}","generation":${generation}`
}

function written(decision: Decision): string {
  const kept = writtenDecisions.get(decision)
  if (kept !== undefined) return kept
  const { effect, reason, errors, policyDigest } = decision
  const rules = decision.rules.slice(0, maxListed).map(field).join(',')
  const text = `,"policy_digest":${field(policyDigest)},"effect":"${effect}","reason":"${reason}","rules":[${rules}]`
  if (errors.length > 0) {
    const listed = errors
      .slice(0, maxListed)
      .map(({ rule, message }) => `{"rule":${field(rule)},"message":${field(message)}}`)
    return `${text},"errors":[${listed.join(',')}]`
  }
  // Without errors the engine shares one object between all requests that it answers this way.
  writtenDecisions.set(decision, text)
  return text
}

function writeIdentity(identity: Identity): string {
  const kept = writtenIdentities.get(identity)
  if (kept !== undefined) return kept
  const issuer = identity.issuer === '' ? '' : `,"issuer":${field(identity.issuer)}`
  const text = `${writeSubject(identity.subject)}${issuer}`
  writtenIdentities.set(identity, text)
  return text
}

function writeSubject(subject: Subject): string {
  return `,"subject":{"type":${field(subject.type)},"id":${field(subject.id)}}`
}

/** With version and scope, which settle whose rules were asked: the whole question may be cut. */
function writeAsked({ action, context, resource }: AccessRequest): string {
  const version = textOf(context, 'policy_version')
  const scope = textOf(resource.properties, 'scope')
  const within = scope === null ? '' : `,"scope":${field(scope)}`
  const text = `${told.action.write(action.name)}${told.resourceType.write(resource.type)},"id":${field(resource.id)}${within}}`
  return version === null ? text : `${text},"policy_version":${field(version)}`
}

function textOf(attributes: AccessRequest['context'], name: string): string | null {
  const value = Object.hasOwn(attributes, name) ? attributes[name] : null
  return typeof value === 'string' ? value : null
}

function writeFacts({ facts, id, route, caller, clientIp, requestId }: RecordEntry): string {
  let text = route === null ? '' : told.route.write(route)
  if (caller !== null) text += `,"caller":${field(caller)}`
  const clientRequestId = facts === null ? requestId : facts.requestId
  if (clientRequestId !== null && clientRequestId !== id) {
    text += `,"request_id":${field(clientRequestId)}`
  }
  if (facts === null) return clientIp === null ? text : `${text},"client_ip":${field(clientIp)}`
  const path = quoteWithin(facts.path, maxPathCharacters)
  return `${text}${told.method.write(facts.method)}${told.host.write(facts.host)},"path":${path}${told.clientIp.write(facts.client.ip)}`
}

function writeOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'forwarded':
      return `{"kind":"forwarded","status":${outcome.status}${told.upstream.write(outcome.upstream)}${outcome.address === undefined ? '' : told.address.write(outcome.address)}}`
    case 'refused':
    case 'denied':
    case 'failed':
      return `{"kind":"${outcome.kind}","status":${outcome.status},"code":"${outcome.code}"}`
    case 'aborted':
      return `{"kind":"aborted","by":"${outcome.by}"}`
    case 'cut': {
      const rules = outcome.rules.slice(0, maxListed).map(field).join(',')
      return `{"kind":"cut","status":${outcome.status},"code":"${outcome.code}","rules":[${rules}],"policy_digest":${field(outcome.policyDigest)}}`
    }
    case 'closed':
      return `{"kind":"closed","by":"${outcome.by}"}`
    case 'answered':
      return `{"kind":"answered","status":${outcome.status}}`
    default:
      return outcome satisfies never
  }
}

/** The question as AuthZEN writes it, so that it can be asked again, with the time it was asked. */
function writeRequest(entry: RecordEntry, request: AccessRequest): string {
  const budget = new JsonBudget(maxRequestBytes)
  const { subject, action, resource, context } = request
  const kept = entry.identity?.subject === subject
  const subjectText = kept ? keptSubject(subject) : writeEntity(subject, budget)
  const actionText = `{"name":${writeValue(action.name, budget)}${writeProperties(action.properties, budget)}}`
  const text = `,"request":{"subject":${subjectText},"action":${actionText},"resource":${writeEntity(resource, budget)},"context":${writeContext(context, budget)},"time":"${isoTime(request.timeMs)}"}`
  return budget.isSpent || subjectText === '' || !fits(text, maxRequestBytes)
    ? ',"request_cut":true'
    : text
}

/** The same subject object comes back with every request under one token; empty: too large. */
function keptSubject(subject: Subject): string {
  const kept = writtenSubjects.get(subject)
  if (kept !== undefined) return kept
  const budget = new JsonBudget(maxRequestBytes)
  const text = writeEntity(subject, budget)
  const whole = budget.isSpent ? '' : text
  writtenSubjects.set(subject, whole)
  return whole
}

function writeEntity(entity: Subject, budget: JsonBudget): string {
  return `{"type":${writeValue(entity.type, budget)},"id":${writeValue(entity.id, budget)}${writeProperties(entity.properties, budget)}}`
}

function writeProperties(properties: Subject['properties'], budget: JsonBudget): string {
  const text = writeValue(properties, budget)
  return text === '{}' ? '' : `,"properties":${text}`
}

function writeContext(context: AccessRequest['context'], budget: JsonBudget): string {
  if (!Object.hasOwn(context, 'query')) return writeValue(context, budget)
  // A query string is where tokens end up by mistake, under any name: only names are recorded.
  const text = writeObject(context, budget, 'query')
  const query = writeNames(context['query'], budget)
  return `${text.slice(0, -1)}${text === '{}' ? '' : ','}"query":${query}}`
}

function field(text: string): string {
  return quoteWithin(text, maxFieldCharacters)
}

/** With three decimals, without the cost of printing a fraction. */
function milliseconds(ms: number): string {
  const us = Math.round(ms * 1e3)
  const rest = us % 1e3
  return `${(us - rest) / 1e3}.${rest < 10 ? '00' : rest < 100 ? '0' : ''}${rest}`
}

function fits(text: string, maxBytes: number): boolean {
  return text.length * 3 <= maxBytes || Buffer.byteLength(text) <= maxBytes
}

let lastTimeMs = Number.NaN
let lastTime = ''
let lastSecond = Number.NaN
let lastSecondText = ''
const latestTimeMs = 8.64e15

function isoTime(timeMs: number): string {
  if (timeMs === lastTimeMs) return lastTime
  if (!(Math.abs(timeMs) < latestTimeMs)) return '1970-01-01T00:00:00.000Z'
  const second = Math.floor(timeMs / 1_000)
  if (second !== lastSecond) {
    lastSecondText = new Date(second * 1_000).toISOString().slice(0, -4)
    lastSecond = second
  }
  const ms = Math.floor(timeMs) - second * 1_000
  lastTimeMs = timeMs
  lastTime = `${lastSecondText}${ms < 10 ? '00' : ms < 100 ? '0' : ''}${ms}Z`
  return lastTime
}
