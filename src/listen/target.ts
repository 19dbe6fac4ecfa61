import { refuse, type Refusal } from '../model/refusal.ts'
import { type Authority, readAuthority } from './authority.ts'
import { normalisePath } from './path.ts'

export interface Target {
  readonly path: string
  readonly query: string
  /** Of an absolute-form target; null when the target has origin form. */
  readonly authority: Authority | null
}

/** Origin form and absolute form (RFC 9112 section 3.2); the other two ask for nothing we offer. */
export function readTarget(url: string): Target | Refusal {
  if (url.charCodeAt(0) === slash) return readPathAndQuery(url, null)
  if (url === '*') return refuse('path_malformed', 'A request for the server itself')
  const scheme = /^https?:\/\//i.exec(url)
  if (scheme === null) return refuse('path_malformed', 'The target is neither a path nor a URL')
  const start = scheme[0].length
  const end = url.slice(start).search(/[/?#]/)
  const authority = readAuthority(end < 0 ? url.slice(start) : url.slice(start, start + end))
  if (authority === null)
    return refuse('host_malformed', 'The authority of the target is malformed')
  const rest = end < 0 ? '' : url.slice(start + end)
  return readPathAndQuery(rest.startsWith('/') ? rest : `/${rest}`, authority)
}

const slash = 0x2f

function readPathAndQuery(text: string, authority: Authority | null): Target | Refusal {
  const mark = text.indexOf('?')
  const path = normalisePath(mark < 0 ? text : text.slice(0, mark))
  if (path === null) return refuse('path_malformed', 'The path can be read in more than one way')
  if (mark < 0) return { path, query: '', authority }
  const query = text.slice(mark + 1)
  if (!isQuery(query)) return refuse('path_malformed', 'The query holds a fragment or raw bytes')
  return { path, query, authority }
}

/** Visible ASCII but `#`, which would start a fragment. */
function isQuery(query: string): boolean {
  for (let index = 0; index < query.length; index += 1) {
    const code = query.charCodeAt(index)
    if (code <= 0x20 || code >= 0x7f || code === 0x23) return false
  }
  return true
}
