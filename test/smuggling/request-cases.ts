import { Random } from '../differential/random.ts'
import { chunkFaults } from './chunk-faults.ts'
import {
  chunked,
  type Draft,
  type FaultClass,
  hiddenRequest,
  render,
  setField,
  shuffleFields,
  spoilOctets,
} from './draft.ts'
import { fieldFaults } from './field-faults.ts'
import { framingFaults } from './framing-faults.ts'
import { knownRequests } from './known-requests.ts'
import { requestLineFaults } from './request-line-faults.ts'

export interface Case {
  readonly id: string
  /** The kinds of faults in it. */
  readonly name: string
  /** What is sent, octets as latin1 characters. */
  readonly bytes: string
  /** Where it is cut in two, with a pause between; 0: it is not. */
  readonly cut: number
}

/** Requests that follow on the same connection, some of them inside what comes before. */
const pipelining: FaultClass = {
  name: 'pipelining',
  apply: (draft, random) => {
    const { id } = draft
    const more = [hiddenRequest(id), hiddenRequest(id, 'POST'), hiddenRequest(id, 'HEAD')]
    draft.after += random
      .many(1, 3, () =>
        random.pick([
          ...more,
          `${more[0]}\r\n`,
          'garbage\r\n\r\n',
          '\0',
          '\r\n',
          'GET',
          '0\r\n\r\n',
        ]),
      )
      .join('')
    if (random.happens(40)) setField(draft, 'Connection', random.pick(['close', 'keep-alive']))
  },
}

const faults: readonly FaultClass[] = [
  ...requestLineFaults,
  ...fieldFaults,
  // Where the body ends is what smuggling is about.
  ...framingFaults,
  ...framingFaults,
  ...chunkFaults,
  ...chunkFaults,
  pipelining,
]

/** As many different requests as asked for, always the same for one seed. */
export function requestCases(seed: number, count: number): Case[] {
  const random = new Random(seed)
  const seen = new Set<string>()
  const cases: Case[] = []
  const add = (name: string, id: string, bytes: string): void => {
    const shape = bytes.replaceAll(id, '')
    if (seen.has(shape)) return
    seen.add(shape)
    const cut = random.happens(30) ? random.below(bytes.length) : 0
    cases.push({ id, name, bytes, cut })
  }
  for (const [name, make] of knownRequests) {
    if (cases.length < count)
      add(`known: ${name}`, caseId('q', cases.length), make(caseId('q', cases.length)))
  }
  while (cases.length < count) {
    const id = caseId('q', cases.length)
    const draft = baseRequest(id, random)
    const chosen = [random.pick(faults)]
    if (random.happens(30)) chosen.push(random.pick(faults))
    for (const fault of chosen) fault.apply(draft, random)
    if (random.happens(30)) shuffleFields(draft, random)
    add(chosen[0]?.name ?? '', id, spoilOctets(render(draft), random))
  }
  return cases
}

export function caseId(letter: string, index: number): string {
  return `${letter}${String(index).padStart(5, '0')}`
}

function baseRequest(id: string, random: Random): Draft {
  const draft: Draft = {
    id,
    hidden: hiddenRequest(id),
    before: '',
    first: ['GET', `/files/${id}-0`, 'HTTP/1.1'],
    gaps: [' ', ' '],
    firstEnd: '\r\n',
    fields: ['Host: app.test', 'Authorization: Bearer alice'],
    fieldEnd: '\r\n',
    headEnd: '\r\n',
    body: '',
    after: '',
  }
  if (random.happens(30)) draft.fields.push(`X-Case: ${id}`)
  if (random.happens(10)) draft.first[1] += '?x=1'
  const body = random.happens(50) ? hiddenRequest(id) : 'abc'
  if (random.happens(30)) {
    draft.first[0] = random.pick(['POST', 'PUT'])
    draft.fields.push(`Content-Length: ${body.length}`)
    draft.body = body
  } else if (random.happens(40)) {
    draft.first[0] = 'POST'
    draft.fields.push('Transfer-Encoding: chunked')
    draft.body = chunked(body, random)
  }
  return draft
}
