import { describe, expect, it } from 'vitest'
import { requestCases } from './request-cases.ts'
import { responseCases } from './response-cases.ts'
import { openGateway, runRequests, runResponses } from './runs.ts'

const seed = Number(process.env['SMUGGLING_SEED'] ?? 7)
const count = 1_000

describe('messages that can be read in more than one way', () => {
  it('are as many different ones as are asked for, the same for one seed', () => {
    const [requests, responses] = [requestCases(seed, count), responseCases(seed, count)]
    const distinct = new Set(requests.map(({ id, bytes }) => bytes.replaceAll(id, '')))
    expect(distinct.size).toBe(count)
    expect(responses).toHaveLength(count)
    expect(requestCases(seed, count)).toEqual(requests)
    expect(responseCases(seed, count)).toEqual(responses)
  })

  it('never make two requests of one, nor a request of a body, nor mix the answers', async () => {
    const { findings, wrongs } = await runRequests(requestCases(seed, count), openGateway)
    expect(findings.filter((finding) => finding.wrongs.length > 0)).toEqual([])
    expect(wrongs).toEqual([])
    // The test would prove little if hardly anything came through.
    expect(findings.filter(({ outcome }) => outcome !== 'refused').length).toBeGreaterThan(50)
  })

  it('never make two answers of one, nor leave a connection in doubt in use', async () => {
    const { findings } = await runResponses(responseCases(seed, count), openGateway)
    expect(findings.filter((finding) => finding.wrongs.length > 0)).toEqual([])
    expect(findings.filter(({ outcome }) => outcome === 'forwarded').length).toBeGreaterThan(100)
  })
})
