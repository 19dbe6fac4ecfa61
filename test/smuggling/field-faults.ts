import type { Random } from '../differential/random.ts'
import {
  type Draft,
  dropField,
  type FaultClass,
  insertSomewhere,
  oddOctets,
  setField,
} from './draft.ts'
import { lineEnds } from './request-line-faults.ts'

const hosts = [
  '',
  ' ',
  'other.test',
  'app.test:80',
  'app.test:',
  'app.test:x',
  'a@app.test',
  'app.test/files',
  'app.test, other.test',
  'app.test other.test',
  'APP.TEST',
  'app.test.',
  '.app.test',
  'app..test',
  '[::1]',
  '[::1',
  '::1',
  '127.0.0.1',
  'app.test#',
  'app.test?',
  'app.test%00',
  'app.test\0x',
  '*',
  '"app.test"',
  'http://app.test',
  'app.test;x',
  'app_test',
  '\xe9.test',
  'xn--e1afmkfd.test',
]

const options = [
  'close',
  'keep-alive',
  'Content-Length',
  'Transfer-Encoding',
  'Host',
  'Sallyport-Subject',
  'X-Forwarded-For',
  'Authorization',
  'Connection',
  'Upgrade',
  'close, keep-alive',
  'TE',
  ',',
  'keep-alive, Content-Length',
  'Cookie',
  'Sallyport-Roles, Sallyport-Identity',
  'close\0',
  '"close"',
  'close close',
  'Sallyport-Decision',
  'X-Request-ID',
  'Trailer',
  'Expect',
  'HTTP2-Settings, Upgrade',
]

const extras = [
  'Sallyport-Subject: root',
  'sallyport-roles: admin',
  'Sallyport_Identity: x',
  'X-User: root',
  'X-Original-URL: /files/vault',
  'X-Rewrite-URL: /files/vault',
  'X-HTTP-Method-Override: DELETE',
  'X-Forwarded-For: 1.1.1.1',
  'Forwarded: for=1.1.1.1',
  'X-Forwarded-Host: evil.test',
  'Proxy: x',
  'Trailer: Content-Length',
  'TE: trailers',
  'TE: chunked',
  'Keep-Alive: timeout=1',
  'Max-Forwards: 0',
  'Proxy-Connection: keep-alive',
  'X-Forwarded-Proto: https',
  'Range: bytes=0-',
  'Via: 1.1 x',
  'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA',
  'Content-Encoding: gzip',
  'Authorization: Bearer eve',
]

const upgrades = [
  'h2c',
  'websocket',
  'WebSocket',
  'TLS/1.0',
  'h2c, websocket',
  'HTTP/2.0',
  'foo',
  '',
]
const expectations = [
  '100-continue',
  '100-Continue',
  '100-continue, x',
  'x',
  '',
  '100 continue',
  '200-ok',
]

function spoilName(draft: Draft, random: Random): void {
  const at = random.below(draft.fields.length)
  const [name = '', ...value] = (draft.fields[at] ?? '').split(':')
  const odd = random.pick([...oddOctets, '_', '.', '!', "'", '*', '^', '`', '~'])
  const spoilt = random.happens(50) ? name + odd : insertSomewhere(name, odd, random)
  draft.fields[at] = `${spoilt}:${value.join(':')}`
}

function spoilValue(draft: Draft, random: Random): void {
  const at = random.below(draft.fields.length)
  const field = draft.fields[at] ?? ''
  const colon = field.indexOf(':') + 1
  const value = insertSomewhere(field.slice(colon), random.pick(oddOctets), random)
  draft.fields[at] = field.slice(0, colon) + value
}

export const fieldFaults: readonly FaultClass[] = [
  { name: 'field name', apply: spoilName },
  { name: 'field value', apply: spoilValue },
  {
    name: 'colon',
    apply: (draft, random) => {
      const at = random.below(draft.fields.length)
      const colon = random.pick([
        ' :',
        '\t:',
        ' : ',
        '',
        ' ',
        '::',
        '\0:',
        '=',
        '\x0b:',
        ':\0',
        '\n:',
      ])
      draft.fields[at] = (draft.fields[at] ?? '').replace(/: ?/, colon)
    },
  },
  {
    name: 'folding',
    apply: (draft, random) => {
      const fold = random.pick(['\r\n ', '\r\n\t', '\n ', '\r ', '\r\n  \r\n ', '\r\n \t'])
      const at = random.below(draft.fields.length)
      const field = draft.fields[at] ?? ''
      draft.fields[at] = random.happens(30)
        ? `${fold.slice(-1)}${field}`
        : insertSomewhere(field, fold, random)
    },
  },
  {
    name: 'field that is none',
    apply: (draft, random) => {
      const line = random.pick([
        ':',
        ': x',
        ':\r\nX: y',
        'X',
        'X Y',
        '',
        '\0',
        '=x',
        'Transfer-\r\nEncoding: chunked',
        '\t',
        'GET /files/x HTTP/1.1',
        `X: y${random.pick(lineEnds)}Z: ${draft.id}`,
        'X\0: y',
        '\x85: y',
      ])
      draft.fields.splice(random.below(draft.fields.length + 1), 0, line)
    },
  },
  {
    name: 'host',
    apply: (draft, random) => {
      const way = random.below(5)
      if (way === 0) dropField(draft, 'Host')
      else if (way === 1) setField(draft, 'Host', 'app.test', random.pick([...hosts, 'app.test']))
      else if (way === 2) setField(draft, 'Host', random.pick(hosts), 'app.test')
      else setField(draft, 'Host', random.pick(hosts))
    },
  },
  {
    name: 'connection options',
    apply: (draft, random) => {
      setField(draft, 'Connection', ...random.many(1, 2, () => random.pick(options)))
      if (random.happens(50)) draft.fields.push(random.pick(extras))
    },
  },
  {
    name: 'fields of other gateways',
    apply: (draft, random) => {
      for (const extra of random.many(1, 3, () => random.pick(extras))) {
        draft.fields.push(
          random.happens(80) ? extra : insertSomewhere(extra, random.pick(oddOctets), random),
        )
      }
    },
  },
  {
    name: 'upgrade',
    apply: (draft, random) => {
      setField(draft, 'Upgrade', random.pick(upgrades))
      if (random.happens(70))
        setField(draft, 'Connection', random.pick(['Upgrade', 'upgrade, HTTP2-Settings', 'close']))
      if (random.happens(50)) draft.fields.push('HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA')
      if (random.happens(50))
        draft.after += random.pick([draft.hidden, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'])
    },
  },
  {
    name: 'expect',
    apply: (draft, random) => {
      setField(draft, 'Expect', ...random.many(1, 2, () => random.pick(expectations)))
    },
  },
  {
    name: 'many or long fields',
    apply: (draft, random) => {
      const count = random.pick([1, 1, 60, 101, 300])
      const value = 'v'.repeat(random.pick([1, 10, 1_000, 20_000, 70_000]) / count)
      draft.fields.push(...Array.from({ length: count }, (_, at) => `X-${at}: ${value}`))
    },
  },
]
