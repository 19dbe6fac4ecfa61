export type Judged =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly message: string; readonly hint: string | null }

/** An upstream is an origin and nothing more: what is forwarded is the request's own path and query. */
export function readOrigin(text: string): Judged {
  if (text.startsWith('unix:')) return readSocket(text)
  const url = URL.parse(text)
  if (url === null || text !== text.trim() || !/^[a-z][a-z0-9+.-]*:[/\\]/iu.test(text)) {
    return no('is not a URL', 'write scheme, host and port, as in "http://127.0.0.1:9500"')
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return no(`has the scheme "${url.protocol.slice(0, -1)}"`, 'use "http", "https" or "unix"')
  }
  if (url.username !== '' || url.password !== '') {
    return no('contains a user name or password', 'remove what stands before "@"')
  }
  const write = `write "${url.origin}"`
  if (url.hash !== '' || text.includes('#')) return no('has a fragment', write)
  if (url.search !== '' || text.includes('?')) return no('has a query', write)
  if (url.pathname !== '/' || text.endsWith('/')) return no('has a path', write)
  const written = text.toLowerCase()
  const defaultPort = url.protocol === 'http:' ? ':80' : ':443'
  // The URL parser forgives backslashes, missing slashes and escapes; what is read here must be what
  // a reviewer reads.
  if (written !== url.origin && written !== `${url.origin}${defaultPort}`) {
    return no('is not written as an origin', write)
  }
  return { ok: true, value: url.origin }
}

/** The longest path that every system takes, with the octet that ends it. */
const maxSocketPath = 103

function readSocket(text: string): Judged {
  const path = text.slice('unix:'.length)
  if (!/^(?:\/[A-Za-z0-9_.@+-]+)+$/u.test(path) || /\/\.{1,2}(?:\/|$)/u.test(path)) {
    return no('is not the path of a socket', 'write an absolute path, as in "unix:/run/app.sock"')
  }
  return path.length > maxSocketPath
    ? no('is too long for a socket', `use a path of at most ${maxSocketPath} characters`)
    : { ok: true, value: text }
}

/** A host of requests: a name, an address, or `*.` and a name. */
export function readHost(text: string): Judged {
  if (/^[a-z]+:\/\//iu.test(text)) {
    return no('has a scheme', 'write the host name alone')
  }
  if (text.includes('/')) return no('has a path', 'paths belong under "paths"')
  const address = text.startsWith('[') ? URL.parse(`http://${text}`) : null
  if (address !== null && text.endsWith(']')) {
    const host = address.hostname
    return host === text ? { ok: true, value: text } : no('is not canonical', `write "${host}"`)
  }
  if (/:\d*$/u.test(text)) return no('has a port', 'routes hold for every port: remove it')
  if (text !== text.toLowerCase()) return no('is not lower case', `write "${text.toLowerCase()}"`)
  if (text.endsWith('.')) return no('ends with a dot', `write "${text.slice(0, -1)}"`)
  const name = text.startsWith('*.') ? text.slice(2) : text
  if (name.includes('*')) {
    return no('has a "*" that stands for part of a name', 'write "*." before the name')
  }
  const isName = name
    .split('.')
    .every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/u.test(label))
  if (!isName || name.length > 253) {
    return no('is not a host name', 'internationalised names are written in their "xn--" form')
  }
  return { ok: true, value: text }
}

function no(message: string, hint: string | null): Judged {
  return { ok: false, message, hint }
}
