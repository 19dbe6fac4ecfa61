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

const versions = [
  'HTTP/1.0',
  'HTTP/0.9',
  'HTTP/1.2',
  'HTTP/2.0',
  'HTTP/2',
  'HTTP/1.',
  'HTTP/11',
  'http/1.1',
  'ICY',
  'HTTP/1.10',
  'HTTP/01.1',
  'HTTPS/1.1',
  'HTTP /1.1',
  '',
  'HTTP/1.1\0',
  'HTTP/-1.1',
  'RTSP/1.0',
  'SSH-2.0',
]

const statuses = [
  '99',
  '000',
  '600',
  '999',
  '1000',
  '20',
  '2',
  'abc',
  '',
  '-1',
  '+200',
  '0200',
  '20 0',
  '2OO',
  '200.1',
  '0x1',
  '200\0',
  '\t200',
  '204',
  '304',
  '205',
  '206',
  '302',
  '401',
  '500',
  '407',
  '426',
  '2000',
  '200,',
]

const phrases = [
  '',
  'OK\x01',
  'OK\xe9',
  'OK\0',
  'O\rK',
  'OK\t',
  ' ',
  'HTTP/1.1 200 OK',
  'O'.repeat(9_000),
]

const interims = [
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 102 Processing\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n',
  'HTTP/1.1 199 Odd\r\nX: y\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nContent-Length: 3\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nTransfer-Encoding: chunked\r\n\r\n',
  'HTTP/1.1 100 Continue\r\nContent-Length: 3\r\n\r\nabc',
  'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  'HTTP/1.1 101 Switching Protocols\r\n\r\n',
  'HTTP/1.0 100 Continue\r\n\r\n',
  'HTTP/1.1 100\r\n\r\n',
  'HTTP/1.1 103 Early Hints\nX: y\n\n',
]

const extras = [
  'Connection: close',
  'Connection: keep-alive',
  'Connection: Content-Length',
  'Connection: X-Case, close',
  'Keep-Alive: timeout=0',
  'Keep-Alive: timeout=99999999999, max=-1',
  'Trailer: Content-Length',
  'TE: x',
  'Sallyport-Decision: forged',
  'sallyport-subject: root',
  'Upgrade: h2c',
  'Proxy-Authenticate: Basic',
  'Set-Cookie: a=b\nSet-Cookie: c=d',
  'Location: /x\r\n\r\n<html>',
  'Location: /\rX: y',
  'Set-Cookie: \0',
  'Content-Range: bytes 0-1/2',
  'Content-Type: multipart/byteranges; boundary=x',
  'Date: x',
  'Date: y',
  'Connection: Transfer-Encoding',
  'Proxy-Connection: keep-alive',
  'Connection: Date',
  'X-Answers: /forged',
]

/** Whatever the status line says, these come without a body. */
function makeBodiless(draft: Draft, random: Random): void {
  draft.first[1] = random.pick(['204', '304', '205', '100', '199'])
  const body = random.pick(['abc', draft.hidden, ''])
  dropField(draft, 'Content-Length')
  dropField(draft, 'Transfer-Encoding')
  const way = random.below(4)
  if (way === 0) setField(draft, 'Content-Length', String(body.length))
  else if (way === 1) setField(draft, 'Transfer-Encoding', 'chunked')
  else if (way === 2) setField(draft, 'Content-Length', '0')
  draft.body = way === 1 ? `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n` : body
}

export const responseFaults: readonly FaultClass[] = [
  {
    name: 'version',
    apply: (draft, random) => {
      draft.first[0] = random.happens(80)
        ? random.pick(versions)
        : insertSomewhere('HTTP/1.1', random.pick(oddOctets), random)
    },
  },
  {
    name: 'status',
    apply: (draft, random) => {
      draft.first[1] = random.happens(80)
        ? random.pick(statuses)
        : insertSomewhere('200', random.pick(oddOctets), random)
    },
  },
  {
    name: 'phrase',
    apply: (draft, random) => {
      draft.first[2] = random.happens(50)
        ? random.pick(phrases)
        : insertSomewhere('OK', random.pick(oddOctets), random)
      if (random.happens(20)) draft.gaps[1] = random.pick(['', '  ', '\t', '\0'])
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
    name: 'before the response',
    apply: (draft, random) => {
      const odd = [
        '\r\n',
        '\n',
        '\r',
        ' ',
        '\0',
        'garbage\r\n',
        '0\r\n\r\n',
        '\xef\xbb\xbf',
        'X: y\r\n',
      ]
      draft.before = random.pick(odd).repeat(1 + random.below(3))
    },
  },
  {
    name: 'interim answers',
    apply: (draft, random) => {
      const count = random.pick([1, 1, 2, 3, 100])
      draft.before = Array.from({ length: count }, () => random.pick(interims)).join('')
    },
  },
  { name: 'no body by status', apply: makeBodiless },
  {
    name: 'two answers',
    apply: (draft, random) => {
      const more = [
        draft.hidden,
        draft.hidden,
        'garbage',
        '\r\n',
        'H',
        'HTTP/1.1 ',
        '\0',
        '0\r\n\r\n',
      ]
      draft.after += random.many(1, 3, () => random.pick([...more, random.pick(interims)])).join('')
    },
  },
  {
    name: 'fields of this hop',
    apply: (draft, random) => {
      for (const extra of random.many(1, 3, () => random.pick(extras))) {
        const spoilt = random.happens(70)
          ? extra
          : insertSomewhere(extra, random.pick(oddOctets), random)
        draft.fields.push(spoilt)
      }
      if (random.happens(30)) draft.after += draft.hidden
    },
  },
  {
    name: 'no header',
    apply: (draft, random) => {
      draft.fields = []
      draft.headEnd = random.pick(['', '\r\n', '\n'])
      if (random.happens(50)) draft.after += draft.hidden
    },
  },
  {
    name: 'until the end of the connection',
    apply: (draft, random) => {
      dropField(draft, 'Content-Length')
      dropField(draft, 'Transfer-Encoding')
      draft.body = random.pick(['abc', draft.hidden, '', '0\r\n\r\n'])
      if (random.happens(30)) draft.first[0] = 'HTTP/1.0'
      if (random.happens(50)) setField(draft, 'Connection', random.pick(['close', 'keep-alive']))
    },
  },
  {
    name: 'coding in HTTP/1.0',
    apply: (draft, random) => {
      draft.first[0] = 'HTTP/1.0'
      dropField(draft, 'Content-Length')
      setField(draft, 'Transfer-Encoding', 'chunked')
      if (random.happens(50)) setField(draft, 'Connection', 'keep-alive')
      draft.body = `3\r\nabc\r\n0\r\n\r\n${random.happens(50) ? draft.hidden : ''}`
    },
  },
]
