import { Random } from '../differential/random.ts'
import { chunkFaults } from './chunk-faults.ts'
import { chunked, type Draft, hiddenResponse, render, shuffleFields, spoilOctets } from './draft.ts'
import { fieldFaults } from './field-faults.ts'
import { framingFaults } from './framing-faults.ts'
import { caseId } from './request-cases.ts'
import { responseFaults } from './response-faults.ts'
import { readResponse } from './strict-reader.ts'

export interface ResponseCase {
  readonly id: string
  readonly name: string
  /** Of the request it answers. */
  readonly method: string
  /** What the upstream sends, octets as latin1 characters. */
  readonly bytes: string
  readonly cut: number
}

/** Those of requests that mean something in a response too. */
const shared = [...fieldFaults, ...framingFaults, ...chunkFaults].filter(
  ({ name }) =>
    !/^(?:host|expect|upgrade|connection options|fields of other gateways|body where none is usual|coding in HTTP\/1\.0)$/.test(
      name,
    ),
)

const faults = [...shared, ...responseFaults, ...responseFaults]

/** As many different responses as asked for, always the same for one seed. */
export function responseCases(seed: number, count: number): ResponseCase[] {
  const random = new Random(seed)
  const seen = new Set<string>()
  const cases: ResponseCase[] = []
  while (cases.length < count) {
    const id = caseId('r', cases.length)
    const draft = baseResponse(id, random)
    const method = random.pick(['GET', 'GET', 'GET', 'HEAD', 'POST'])
    const chosen = [random.pick(faults)]
    if (random.happens(30)) chosen.push(random.pick(faults))
    for (const fault of chosen) fault.apply(draft, random)
    if (random.happens(30)) shuffleFields(draft, random)
    const bytes = spoilOctets(render(draft), random)
    const shape = method + bytes.replaceAll(id, '')
    if (bytes === '' || seen.has(shape)) continue
    seen.add(shape)
    cases.push({
      id,
      name: chosen[0]?.name ?? '',
      method,
      bytes,
      cut: cutWithin(bytes, method, random),
    })
  }
  return cases
}

/**
 * Only within the first answer: what comes in a segment of its own after it may find the connection
 * in use again, and no intermediary can tell it from the next answer.
 */
function cutWithin(bytes: string, method: string, random: Random): number {
  if (!random.happens(30)) return 0
  const reading = readResponse(bytes, 0, method)
  return random.below(reading.kind === 'message' ? reading.end : 1)
}

function baseResponse(id: string, random: Random): Draft {
  const hidden = hiddenResponse(id)
  const body = random.happens(50) ? hidden : `answer of ${id}\n`
  const draft: Draft = {
    id,
    hidden,
    before: '',
    first: ['HTTP/1.1', '200', 'OK'],
    gaps: [' ', ' '],
    firstEnd: '\r\n',
    fields: ['Content-Type: text/plain', `X-Case: ${id}`],
    fieldEnd: '\r\n',
    headEnd: '\r\n',
    body,
    after: '',
  }
  if (random.happens(60)) {
    draft.fields.push(`Content-Length: ${body.length}`)
  } else {
    draft.fields.push('Transfer-Encoding: chunked')
    draft.body = chunked(body, random)
  }
  return draft
}
