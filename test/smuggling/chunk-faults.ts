import { type FaultClass, insertSomewhere, oddOctets } from './draft.ts'
import { bodyOf, makeChunked, sized } from './framing-faults.ts'

/** Disguises of a chunk size, with `N` for the number itself. */
const sizes = [
  '0xN',
  '0XN',
  '+N',
  '-N',
  'N ',
  ' N',
  'N\t',
  '\tN',
  'Nx',
  'N_',
  '0_N',
  '000000000000000000N',
  'N;',
  'N;a=b',
  'N ;a',
  'N;a="b',
  'N;a="b"',
  'N;\0',
  'N;\n',
  'N;\r',
  'N\r;a',
  'N;a\rb',
  'N,',
  'N.0',
  'Nh',
  '',
  'zz',
  'N\0',
  'ffffffffffffffff',
  '10000000000000000',
  'fffffffffffffffN',
  'N\x0b',
  'N\x85',
  '"N"',
  'N;a=b;c=d',
  'N;=;=;',
  '7fffffff',
  '80000000',
  'ffffffff',
  '100000000',
  'N;\xe9',
  'N;a\x01',
  '\xd9\xa3',
  'N#',
  'N=1',
  'N:1',
  '-0',
]

const chunkEnds = [
  '\n',
  '\r',
  '',
  '\r\r\n',
  '\r\n\r\n',
  'X',
  '\n\r',
  ' \r\n',
  '\0\r\n',
  'XX',
  '\r\nX',
  '\n\n',
]

const trailers = [
  'Content-Length: 5',
  'Transfer-Encoding: chunked',
  'Host: evil.test',
  'Authorization: Bearer eve',
  'X-Trailer: y',
  'X-Trailer : y',
  ' X: y',
  ': y',
  'X',
  'X: y\rZ: w',
  'X: \0',
  'Sallyport-Subject: root',
  'X: y\nZ: w',
  'GET /files/x HTTP/1.1',
  'Connection: close',
  'Connection: Upgrade',
  'Upgrade: h2c',
  'Keep-Alive: timeout=0',
  'X!: y',
  'Trailer: X',
  'Cookie: a=b',
  '\t',
]

export const chunkFaults: readonly FaultClass[] = [
  {
    name: 'chunk size',
    apply: (draft, random) => {
      const text = bodyOf(draft, random) || 'x'
      const size = sized(random.pick(sizes), text.length.toString(16))
      const last = random.happens(30) ? sized(random.pick(sizes), '0') : '0'
      const first = last === '0' ? size : text.length.toString(16)
      makeChunked(draft, `${first}\r\n${text}\r\n${last}\r\n\r\n`)
      if (random.happens(50)) draft.after += draft.hidden
    },
  },
  {
    name: 'chunk ends',
    apply: (draft, random) => {
      const text = bodyOf(draft, random) || 'x'
      const ends = ['\r\n', '\r\n', '\r\n', '\r\n']
      ends[random.below(4)] = random.pick(chunkEnds)
      makeChunked(
        draft,
        `${text.length.toString(16)}${ends[0]}${text}${ends[1]}0${ends[2]}${ends[3]}`,
      )
      if (random.happens(60)) draft.after += draft.hidden
    },
  },
  {
    name: 'chunk extension',
    apply: (draft, random) => {
      const text = bodyOf(draft, random) || 'x'
      const extension = insertSomewhere(';name=value', random.pick(oddOctets), random)
      const repeated = random.happens(10) ? extension.repeat(random.pick([50, 2_000])) : extension
      makeChunked(draft, `${text.length.toString(16)}${repeated}\r\n${text}\r\n0\r\n\r\n`)
    },
  },
  {
    name: 'trailers',
    apply: (draft, random) => {
      const lines = random.many(1, 3, () => random.pick(trailers))
      if (random.happens(20)) lines.push(`X-Long: ${'v'.repeat(random.pick([1_000, 20_000]))}`)
      const end = random.pick(['\r\n', '\r\n', '\r\n', '\n', '\r'])
      makeChunked(draft, `3\r\nabc\r\n0\r\n${lines.map((line) => line + end).join('')}\r\n`)
      if (random.happens(50)) draft.after += draft.hidden
    },
  },
]
