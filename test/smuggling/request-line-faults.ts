import type { Random } from '../differential/random.ts'
import { type Draft, type FaultClass, insertSomewhere, oddOctets } from './draft.ts'

const methods = [
  'get',
  'GeT',
  'GETX',
  'G ET',
  '',
  'POSTT',
  'M-SEARCH',
  'PRI',
  'TRACE',
  'CONNECT',
  'TRACK',
  'DEBUG',
  'PATCH',
  'OPTIONS',
  'HEAD',
  'DELETE',
  'PUT',
  '"GET"',
  'GET/',
  'GET,',
  'GET;x',
  'G=":<>(e),[T];?"',
  'GET\x0b',
  '\xe9GET',
  'G\0ET',
  '\tGET',
  'SOURCE',
  'QUERY',
  'PROPFIND',
]

const versions = [
  'HTTP/0.9',
  'HTTP/1.0',
  'HTTP/1.2',
  'HTTP/1.9',
  'HTTP/1.10',
  'HTTP/1.',
  'HTTP/1',
  'HTTP/2.0',
  'HTTP/2',
  'HTTP/3.0',
  'HTTP/11',
  'HTTP/01.1',
  'HTTP/1.01',
  'HTTP/1,1',
  'HTTP/1 .1',
  'http/1.1',
  'HTTPS/1.1',
  'HTTP /1.1',
  'HTTP/1.1 ',
  'HTTP/1.1\t',
  'HTTP/1.1x',
  'HTTP/\r\r1.1',
  'HTTP/-1.1',
  'HTTP/4294967297.1',
  'HTTP/1.257',
  'ICE/1.0',
  'RTSP/1.0',
  '',
  'HTTP/1.1\0',
  'HTTP/1.1 HTTP/1.1',
]

const gaps = [
  '  ',
  '\t',
  '\x0b',
  '\x0c',
  '\r',
  '\0',
  '\xa0',
  '\n',
  '\r\n',
  ' \t ',
  '%20',
  '',
  ' \r',
]

export const lineEnds = [
  '\n',
  '\r',
  '\r\r\n',
  '\n\r',
  '\r\n\r',
  '\r\n ',
  '\r\n\t',
  '\0\r\n',
  '\x85',
  '\r\x0b\n',
  '\r\nX',
  '\r\0\n',
  ' \r\n',
  '\t\r\n',
  '\x0b\r\n',
  '\\r\\n',
  '%0d%0a',
  '\xe2\x80\xa8',
  '\n\n',
]

const prefixes = [
  '\r\n',
  '\n',
  '\r',
  '\r\n\r\n',
  ' ',
  '\t',
  '\0',
  '\r\n \r\n',
  'X\r\n',
  '\xef\xbb\xbf',
  '\n\n',
  'PROXY TCP4 1.2.3.4 5.6.7.8 9 80\r\n',
  'HTTP/1.1 200 OK\r\n\r\n',
  '\x16\x03\x01\x02\x00\x01',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '0\r\n\r\n',
  '\r\r\n',
  ': \r\n',
  'GET\r\n',
  'GET /\r\n',
]

const schemes = ['http', 'https', 'HTTP', 'ftp', 'ws', 'file', 'javascript', 'http:', '//', '\\\\']
const authorities = [
  'app.test',
  'APP.test',
  'other.test',
  'a@app.test',
  'a:b@app.test',
  'app.test:80',
  '',
  'app.test:',
  'app.test:0',
  'app.test:99999',
  '[::1]',
  'app.test.',
  'app.test\\',
  'app.test#',
  'app.test?',
  '127.0.0.1',
  'app.test,other.test',
  'app%2etest',
  ' app.test',
  'app.test@other.test',
]

/** Ends and middles by which paths are confused. */
const pathParts = [
  '%2e%2e',
  '..',
  '..;',
  '%2f',
  '%5c',
  '\\',
  '//',
  '/./',
  '/../',
  ';',
  ';x=1',
  '%00',
  '%0a',
  '%0d',
  '%09',
  '%20',
  '%25',
  '%252e',
  '%252f',
  '%3b',
  '%3f',
  '%23',
  '?',
  '??',
  '#',
  '#x',
  '%',
  '%zz',
  '*',
  '%c0%af',
  '%e0%80%af',
  '%u002e',
  '.json',
  '/.',
  '/..;/',
  '~',
  '&',
  '@',
  '|',
  '^',
  '`',
  '{x}',
  '"',
  '%0d%0aX-Injected:%20y',
  '%20HTTP/1.1%0d%0aHost:%20x',
  '°',
  '\xe9',
  '\xc3\xa9',
  '/..%2f..%2f',
]

function spoilTarget(draft: Draft, random: Random): void {
  const path = draft.first[1]
  switch (random.below(6)) {
    case 0:
    case 1:
      draft.first[1] = `${random.pick(schemes)}://${random.pick(authorities)}${path}`
      break
    case 2:
      draft.first[1] = random.pick([
        '*',
        'app.test:80',
        'app.test',
        '',
        '?x',
        'files/x',
        `//app.test${path}`,
        `http:${path}`,
        `${path} `,
        `${path} HTTP/1.1`,
        `/${path}`,
        `.${path}`,
        `${path}#f`,
        `${path}?a#b`,
      ])
      break
    case 3:
      draft.first[1] = `${path}${'a'.repeat(random.pick([255, 1_000, 8_000, 17_000, 70_000]))}`
      break
    default:
      draft.first[1] = insertSomewhere(path, random.pick(oddOctets), random)
  }
}

export const requestLineFaults: readonly FaultClass[] = [
  {
    name: 'method',
    apply: (draft, random) => {
      draft.first[0] = random.happens(60)
        ? random.pick(methods)
        : insertSomewhere(draft.first[0], random.pick(oddOctets), random)
    },
  },
  { name: 'target', apply: spoilTarget },
  {
    name: 'path',
    apply: (draft, random) => {
      draft.first[1] = random.happens(40)
        ? `${draft.first[1]}${random.pick(pathParts)}`
        : insertSomewhere(draft.first[1], random.pick(pathParts), random)
    },
  },
  {
    name: 'version',
    apply: (draft, random) => {
      draft.first[2] = random.happens(80)
        ? random.pick(versions)
        : insertSomewhere('HTTP/1.1', random.pick(oddOctets), random)
    },
  },
  {
    name: 'request line spaces',
    apply: (draft, random) => {
      draft.gaps[random.below(2)] = random.pick(gaps)
    },
  },
  {
    name: 'line ends',
    apply: (draft, random) => {
      const end = random.pick(lineEnds)
      if (random.happens(34)) draft.firstEnd = end
      else if (random.happens(50)) draft.fieldEnd = end
      else draft.headEnd = random.pick([end, '\n', '\r\n\r', '', '\r\n\n'])
      if (random.happens(50)) draft.after += draft.hidden
    },
  },
  {
    name: 'before the request',
    apply: (draft, random) => {
      draft.before = random.pick(prefixes).repeat(1 + random.below(3))
    },
  },
  {
    name: 'no header',
    apply: (draft, random) => {
      draft.fields = []
      if (random.happens(50)) draft.first[2] = ''
      draft.headEnd = random.pick(['', '\r\n', '\n'])
      draft.after += draft.hidden
    },
  },
]
