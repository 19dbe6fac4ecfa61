import type { Random } from '../differential/random.ts'
import { chunked, type Draft, dropField, type FaultClass, setField } from './draft.ts'

/** Disguises of a length, with `N` for the number itself. */
const lengths = [
  '+N',
  '-N',
  'N,N',
  'N, N',
  'N N',
  '0xN',
  '0N',
  '00000000000000000N',
  'N.0',
  'Ne0',
  'N_0',
  'Nx',
  '',
  ' ',
  '"N"',
  'N;',
  '\xd9\xa3',
  '\xef\xbc\x93',
  '-0',
  '+0',
  '4294967296',
  '18446744073709551616',
  'N\0',
  '9223372036854775808',
  '99999999999999999999',
  'N\t',
  '\x0bN',
  'N\x0b',
  '\xa0N',
  'N\r',
  'N,',
  ',N',
  '0',
  'N\n',
  'N#',
  'nil',
  'chunked',
  '1',
  '0, N',
  'N, 0',
  '0b1',
  '0o7',
  '1e1',
  ' N ',
  '=N',
  ':N',
]

/** Disguises of `chunked`. */
const codings = [
  'Chunked',
  'CHUNKED',
  'chunked, identity',
  'identity, chunked',
  'JUNK,chunked',
  'chunked,chunked',
  'chunked,',
  ',chunked',
  ' chunked',
  '\tchunked',
  'chunked\t',
  '\x0bchunked',
  'chunked\x0b',
  '"chunked"',
  'chunked;q=1',
  'chunked ; x',
  'xchunked',
  'chunkedx',
  'chunk',
  'chunked\0',
  '\0chunked',
  'identity',
  '',
  'gzip',
  'gzip, chunked',
  'chunked, gzip',
  'deflate',
  '\xa0chunked\xa0',
  '\x85chunked',
  'chunked chunked',
  "'chunked'",
  '=chunked',
  'chunked\r',
  '\rchunked',
  'ch\0unked',
  'chu nked',
  'chunked\n',
  ':chunked',
  'x',
  '\xffchunked\xff',
  '\x0cchunked',
  'chunked#',
  'trailers, chunked',
  'chunked, ',
  '0',
  'chunked\r\n ',
]

const names = [
  'Transfer-Encoding',
  'transfer-encoding',
  'Transfer-Encoding ',
  ' Transfer-Encoding',
  'Transfer_Encoding',
  'Transfer.Encoding',
  'Transfer-Encoding\t',
  'TransferEncoding',
  'X-Transfer-Encoding',
  'Transfer Encoding',
  '\x0bTransfer-Encoding',
  'Transfer-Encoding\x85',
  'Content-Encoding',
  'Transfer-Encoding\0',
  'TE',
]

export function bodyOf(draft: Draft, random: Random): string {
  return random.happens(60) ? draft.hidden : 'x'.repeat(random.below(20))
}

export function sized(pattern: string, size: string): string {
  return pattern.replaceAll('N', size)
}

export function makeChunked(draft: Draft, body: string): void {
  if (draft.first[0] === 'GET') draft.first[0] = 'POST'
  dropField(draft, 'Content-Length')
  setField(draft, 'Transfer-Encoding', 'chunked')
  draft.body = body
}

export const framingFaults: readonly FaultClass[] = [
  {
    name: 'content length',
    apply: (draft, random) => {
      draft.body = bodyOf(draft, random)
      setField(draft, 'Content-Length', sized(random.pick(lengths), String(draft.body.length)))
    },
  },
  {
    name: 'several content lengths',
    apply: (draft, random) => {
      draft.body = bodyOf(draft, random)
      const size = String(draft.body.length)
      const values = random.many(2, 3, () =>
        random.pick([size, '0', '1', sized(random.pick(lengths), size)]),
      )
      setField(draft, 'Content-Length', ...values)
    },
  },
  {
    name: 'length that is wrong',
    apply: (draft, random) => {
      draft.body = bodyOf(draft, random)
      const size = Math.max(
        0,
        draft.body.length + random.pick([-5, -1, 1, 5, 50, 300, -draft.body.length]),
      )
      setField(draft, 'Content-Length', String(size))
    },
  },
  {
    name: 'transfer coding',
    apply: (draft, random) => {
      const body = bodyOf(draft, random)
      makeChunked(draft, random.happens(70) ? chunked(body, random) : body)
      setField(draft, 'Transfer-Encoding', random.pick(codings))
      if (random.happens(30)) draft.body += draft.hidden
    },
  },
  {
    name: 'several transfer codings',
    apply: (draft, random) => {
      makeChunked(draft, chunked(bodyOf(draft, random), random))
      setField(
        draft,
        'Transfer-Encoding',
        random.pick([...codings, 'chunked']),
        random.pick([...codings, 'chunked']),
      )
    },
  },
  {
    name: 'name of transfer coding',
    apply: (draft, random) => {
      makeChunked(draft, chunked(bodyOf(draft, random), random))
      dropField(draft, 'Transfer-Encoding')
      draft.fields.push(
        `${random.pick(names)}:${random.pick([' ', '', '\t', '  '])}${random.pick(['chunked', ...codings])}`,
      )
      if (random.happens(50))
        draft.fields.push(`Content-Length: ${random.pick([0, 4, draft.body.length])}`)
    },
  },
  {
    name: 'length and coding',
    apply: (draft, random) => {
      const body = random.happens(50) ? `0\r\n\r\n${draft.hidden}` : chunked(draft.hidden, random)
      makeChunked(draft, body)
      const size = random.pick([
        String(body.length),
        '0',
        '5',
        '4',
        '1',
        sized(random.pick(lengths), '5'),
      ])
      const fields = [
        `Content-Length: ${size}`,
        `Transfer-Encoding: ${random.pick(['chunked', 'chunked', ...codings])}`,
      ]
      dropField(draft, 'Transfer-Encoding')
      draft.fields.push(...(random.happens(50) ? fields : fields.toReversed()))
    },
  },
  {
    name: 'coding in HTTP/1.0',
    apply: (draft, random) => {
      makeChunked(draft, chunked(bodyOf(draft, random), random))
      draft.first[2] = random.pick(['HTTP/1.0', 'HTTP/1.0', 'HTTP/0.9', 'HTTP/1.2'])
      if (random.happens(30)) draft.fields.push('Connection: keep-alive')
      if (random.happens(50)) draft.after += draft.hidden
    },
  },
  {
    name: 'body where none is usual',
    apply: (draft, random) => {
      draft.first[0] = random.pick(['GET', 'HEAD', 'OPTIONS', 'DELETE', 'TRACE', 'CONNECT'])
      const body = random.pick([draft.hidden, 'abc', ''])
      if (random.happens(40)) {
        dropField(draft, 'Content-Length')
        setField(draft, 'Transfer-Encoding', 'chunked')
        draft.body = chunked(body, random)
      } else if (random.happens(60)) {
        setField(draft, 'Content-Length', String(body.length))
        draft.body = body
      } else {
        draft.body = body
      }
    },
  },
]
