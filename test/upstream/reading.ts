import type { ResponseHead } from '../../src/upstream/response-head.ts'
import { ResponseReader } from '../../src/upstream/response-reader.ts'

/** What a reader said of some octets, however they were cut. */
export interface Reading {
  readonly interim: readonly Answer[]
  readonly answer: Answer | null
  readonly body: string
  readonly trailers: readonly string[]
  readonly end: 'done' | 'unfinished' | 'refused'
  readonly fault: string | null
  /** Octets that belong to the response. */
  readonly taken: number
}

type Answer = Pick<ResponseHead, 'isHttp10' | 'status' | 'phrase' | 'fields'>

export interface ReadOptions {
  readonly method?: string
  /** Where the octets are cut. */
  readonly cuts?: readonly number[]
  /** The connection is ended behind them. */
  readonly isEnded?: boolean
  readonly maxHeadBytes?: number
  readonly reader?: ResponseReader
}

/** Reads the answer to one request; octets are characters (latin1). */
export function readAnswer(text: string, options: ReadOptions = {}): Reading {
  const { method = 'GET', cuts = [], isEnded = true, maxHeadBytes = 32_768 } = options
  const reader = options.reader ?? new ResponseReader(maxHeadBytes)
  const interim: Answer[] = []
  let answer: Answer | null = null
  let body = ''
  reader.expect(method, {
    interim: (head) => interim.push(pick(head)),
    begun: (head) => {
      answer = pick(head)
    },
    content: (bytes, start, end) => {
      body += bytes.toString('latin1', start, end)
    },
  })
  // Each piece in the same memory, as from a connection, and not at its beginning.
  const landing = Buffer.alloc(text.length + 3)
  let taken = 0
  let from = 0
  for (const to of [...new Set([...cuts, text.length])].toSorted((a, b) => a - b)) {
    if (reader.isDone || reader.fault !== null) break
    landing.fill(0x2a)
    const length = landing.write(text.slice(from, to), 3, 'latin1')
    taken += reader.read(landing, 3, 3 + length) - 3
    from = to
  }
  if (isEnded && !reader.isDone && reader.fault === null) reader.finish()
  const end = reader.isDone ? 'done' : reader.fault === null ? 'unfinished' : 'refused'
  const { fault, trailers } = reader
  return { interim, answer, body, trailers, end, fault, taken: end === 'done' ? taken : 0 }
}

function pick({ isHttp10, status, phrase, fields }: ResponseHead): Answer {
  return { isHttp10, status, phrase, fields }
}
