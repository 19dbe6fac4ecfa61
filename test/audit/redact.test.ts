import { describe, expect, it } from 'vitest'
import { quote, quoteWithin } from '../../src/audit/json-string.ts'
import { JsonBudget, writeValue } from '../../src/audit/json-value.ts'
import { createApiKey } from '../../src/authenticate/api-key.ts'
import { redactText, redactWithin } from '../../src/audit/redact.ts'
import { processorMs } from '../support/processor-ms.ts'

const jwt = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln-_A'

describe('credentials in text', () => {
  it.each([
    ['alone', jwt, '[redacted]'],
    ['in a sentence', `see ${jwt}, please`, 'see [redacted], please'],
    ['after letters', `token${jwt}`, 'token[redacted]'],
    ['after other segments', `a.b.${jwt}`, 'a.b.[redacted]'],
    ['before other segments', `${jwt}.x.y`, '[redacted].x.y'],
    ['twice', `${jwt}/${jwt}`, '[redacted]/[redacted]'],
    ['without a signature', 'eyJh.eyJz.', '[redacted]'],
  ])('takes out a compact JWT %s', (_, text, wanted) => {
    expect(redactText(text)).toBe(wanted)
  })

  it('takes out an API key, wherever it stands', () => {
    const { id, key } = createApiKey()
    expect(redactText(`/files/${key}/a`)).toBe('/files/[redacted]/a')
    expect(redactText(`ApiKey ${key}`)).toBe('[redacted]')
    expect(redactText(`sp_${id}_short`)).toBe(`sp_${id}_short`)
    expect(quote(`/files/${key}`)).toBe('"/files/[redacted]"')
    expect(quote(`ApiKey ${key}`)).toBe('"[redacted]"')
  })

  it.each([';', '&', '#', '?'])(
    'takes out a parameter after "%s" wherever it is quoted',
    (mark) => {
      expect(quote(`/files/a${mark}token=secret`)).toBe(`"/files/a${mark}token=[redacted]"`)
    },
  )

  it.each(['eyJhbGci', 'eyJh.eyJz', 'eyJh..x', 'eyJ.a.b', 'key.of.map', '1.2.3'])(
    'leaves %s, which is no token',
    (text) => {
      expect(redactText(text)).toBe(text)
    },
  )

  // Each beginning of a token must not cost a walk to the end of the text: whoever chooses an id
  // would choose how long the process stands still.
  it.each([
    'eyJ',
    'eyJa.',
    'eyJa.b',
    'sp_',
    'sp_aaaaaaaaaa_',
    '://',
    '://a',
    '?a',
    '&code',
    'Bearer ',
    '.',
    '%',
  ])('reads a text of nothing but "%s" in linear time', (piece) => {
    const text = piece.repeat(Math.ceil(600_000 / piece.length))
    expect(processorMs(() => redactText(text))).toBeLessThan(3_000)
  })

  it('cuts a text after its tokens are out, so that no cut leaves half of one', () => {
    expect(redactWithin(`${'a'.repeat(10)}/${jwt}/b`, 30)).toBe('aaaaaaaaaa/[redacted]/b')
    expect(redactWithin(`${'a'.repeat(30)}/${jwt}`, 40)).toBe(`${'a'.repeat(30)}/[redacted…`)
    expect(quoteWithin(`${'a'.repeat(30)}/${jwt}`, 60)).not.toContain('eyJ')
    expect(redactWithin('plain', 5)).toBe('plain')
    const tookMs = processorMs(() => {
      for (let round = 0; round < 20; round += 1) redactWithin('eyJ'.repeat(5_000_000), 100)
    })
    expect(tookMs).toBeLessThan(3_000)
  })

  it('does not read a text that is longer than what may be recorded', () => {
    const budget = new JsonBudget(32_768)
    const text = '?'.repeat(16_000_000)
    const tookMs = processorMs(() => {
      for (let round = 0; round < 100; round += 1) writeValue([text], new JsonBudget(32_768))
      for (let round = 0; round < 100; round += 1) writeValue({ [text]: 1 }, new JsonBudget(32_768))
      writeValue({ note: text }, budget)
    })
    expect(budget.isSpent).toBe(true)
    expect(tookMs).toBeLessThan(1_000)
  })
})
