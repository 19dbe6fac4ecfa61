import { maxTemplateSegments } from '../route/route-node.ts'
import { quote } from '../source/quote.ts'
import { suggest } from '../source/suggest.ts'
import { keywords } from './reserved-words.ts'

/** A finding about a route's key; offsets count UTF-16 units of the key. */
export interface TemplateProblem {
  readonly message: string
  readonly hint: string | null
  readonly start: number
  readonly end: number
}

export interface RouteKey {
  readonly method: string
  /** Literals as they stand in a normalised path. */
  readonly template: string
  readonly parameters: readonly string[]
  /** The template without its parameters' names: two routes of one shape match the same paths. */
  readonly shape: string
}

/** IANA's HTTP method registry, without those a reverse proxy cannot pass on. */
const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'QUERY',
  'SEARCH',
  'REPORT',
  'PROPFIND',
  'PROPPATCH',
  'MKCOL',
  'MKCALENDAR',
  'MKACTIVITY',
  'MKWORKSPACE',
  'MKREDIRECTREF',
  'UPDATEREDIRECTREF',
  'COPY',
  'MOVE',
  'LOCK',
  'UNLOCK',
  'ACL',
  'BIND',
  'UNBIND',
  'REBIND',
  'LINK',
  'UNLINK',
  'LABEL',
  'MERGE',
  'ORDERPATCH',
  'UPDATE',
  'CHECKIN',
  'CHECKOUT',
  'UNCHECKOUT',
  'VERSION-CONTROL',
  'BASELINE-CONTROL',
  'ANY',
] as const

/** Reads `GET /expenses/{id}`. */
export function readRouteKey(key: string): RouteKey | readonly TemplateProblem[] {
  const space = key.search(/\s/u)
  const method = space === -1 ? key : key.slice(0, space)
  const start = space === -1 ? key.length : space + key.slice(space).search(/\S|$/u)
  const problems = [
    ...judgeMethod(method),
    ...(method.startsWith('/') ? [] : judgeTemplate(key, start)),
  ]
  if (problems.length > 0) return problems
  const parameters: string[] = []
  const literal: string[] = []
  const shape: string[] = []
  for (const segment of key.slice(start + 1).split('/')) {
    const name = parameterName(segment)
    if (name === null) {
      const encoded = encodeURI(segment)
      literal.push(encoded)
      shape.push(encoded)
    } else {
      parameters.push(name.replace('...', ''))
      literal.push(segment)
      shape.push(name.endsWith('...') ? '{...}' : '{}')
    }
  }
  return {
    method,
    template: `/${literal.join('/')}`,
    parameters,
    shape: `/${shape.join('/')}`,
  }
}

function judgeMethod(method: string): readonly TemplateProblem[] {
  if ((methods as readonly string[]).includes(method)) return []
  const range = { start: 0, end: Math.max(1, method.length) }
  if (method.startsWith('/')) {
    const message = 'the route has no method'
    return [
      { message, hint: `write it before the path, as in ${quote(`GET ${method}`)}`, ...range },
    ]
  }
  if (method === 'CONNECT' || method === 'TRACE') {
    return [{ message: `${method} is never forwarded`, hint: null, ...range }]
  }
  const hint = suggest(method, methods.slice(0, 7), 'methods')
  return [{ message: `unknown method ${quote(method)}`, hint, ...range }]
}

function judgeTemplate(key: string, start: number): readonly TemplateProblem[] {
  const template = key.slice(start)
  const whole = { start, end: Math.max(start + 1, key.length) }
  if (template === '') {
    return [{ message: 'the route has no path', hint: 'write it after the method', ...whole }]
  }
  if (!template.startsWith('/')) {
    return [{ message: 'the path must start with "/"', hint: null, start, end: start + 1 }]
  }
  if (template === '/') return []
  const segments = template.slice(1).split('/')
  if (segments.length > maxTemplateSegments) {
    const message = `the path has more than ${maxTemplateSegments} segments`
    return [{ message, hint: null, ...whole }]
  }
  const problems: TemplateProblem[] = []
  const seen = new Set<string>()
  let at = start + 1
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1
    const problem = judgeSegment(segment, isLast, seen)
    if (problem !== null) {
      problems.push({ ...problem, start: at, end: at + Math.max(1, segment.length) })
    }
    at += segment.length + 1
  }
  return problems
}

type SegmentProblem = Pick<TemplateProblem, 'message' | 'hint'>

function judgeSegment(segment: string, isLast: boolean, seen: Set<string>): SegmentProblem | null {
  if (segment === '') {
    if (isLast) {
      const hint = 'remove it, or end with a tail such as "{rest...}"'
      return { message: 'the path ends with "/"', hint }
    }
    return { message: 'the path has an empty segment', hint: 'remove the second "/"' }
  }
  const name = parameterName(segment)
  if (name === null) return judgeLiteral(segment)
  const isTail = name.endsWith('...')
  const plain = isTail ? name.slice(0, -3) : name
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/u.test(plain)) {
    const message = `${quote(plain)} is not a parameter name (letters, digits and "_", not starting with a digit)`
    return { message, hint: null }
  }
  if (keywords.has(plain)) {
    const message = `${quote(plain)} is a word of CEL: no expression could read path.${plain}`
    return { message, hint: 'choose another name' }
  }
  if (isTail && !isLast) {
    return { message: `the tail ${quote(segment)} must be the last segment`, hint: null }
  }
  if (seen.has(plain))
    return { message: `the parameter ${quote(plain)} is named twice`, hint: null }
  seen.add(plain)
  return null
}

/** The path is compared as it is normalised: literals that no such path contains would never match. */
function judgeLiteral(segment: string): SegmentProblem | null {
  if (/^\.+$/u.test(segment)) {
    return {
      message: `the segment ${quote(segment)} never stands in a normalised path`,
      hint: null,
    }
  }
  if (segment.includes('{') || segment.includes('}')) {
    const hint = 'write "{name}" between two slashes'
    return { message: 'a parameter takes a whole segment', hint }
  }
  if (segment.includes('%')) {
    return { message: 'percent-encoding is not used in paths', hint: 'write the character itself' }
  }
  if (segment === '*' || segment === '**' || segment.startsWith(':')) {
    return {
      message: `${quote(segment)} is not a parameter`,
      hint: 'write "{name}" or "{rest...}"',
    }
  }
  const odd = /[^\p{L}\p{N}\p{M}._~!$&'()*+,=:@-]/u.exec(segment)
  if (odd !== null) return { message: `${quote(odd[0])} cannot stand in a path`, hint: null }
  return null
}

function parameterName(segment: string): string | null {
  const inner = /^\{([^{}]*)\}$/u.exec(segment)
  return inner?.[1] ?? null
}
