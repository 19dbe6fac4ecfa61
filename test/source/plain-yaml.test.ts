import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Node, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import { policyFiles } from '../../bench/scale/policy-files.ts'
import { readDocument } from '../../src/source/document.ts'
import { DocumentReader } from '../../src/source/document-reader.ts'
import { defaultDocumentLimits } from '../../src/source/limits.ts'
import { readPlainYaml } from '../../src/source/plain-yaml.ts'
import { Random } from '../differential/random.ts'

const root = resolve(import.meta.dirname, '../..')

type Path = readonly (string | number)[]

interface Places {
  readonly value: unknown
  /** Offsets by path, of keys and of values. */
  readonly starts: ReadonlyMap<string, number>
}

/** Null: the library finds fault with the text. */
function readWithLibrary(text: string): Places | null {
  const yaml = parseDocument(text, {
    prettyErrors: false,
    stringKeys: true,
    resolveKnownTags: false,
    logLevel: 'error',
  })
  if (yaml.errors.length > 0 || yaml.warnings.length > 0) return null
  const starts = new Map<string, number>()
  const read = (node: unknown, path: Path): unknown => {
    if (isAlias(node)) throw new Error('an alias is not plain')
    if (isScalar(node)) return node.value
    if (isSeq(node)) {
      return node.items.map((item, at) => {
        starts.set(JSON.stringify([...path, at, 'value']), startOf(item))
        return read(item, [...path, at])
      })
    }
    if (!isMap(node)) return null
    const value: Record<string, unknown> = Object.create(null) as Record<string, unknown>
    for (const { key, value: item } of node.items) {
      const name = (key as { value: string }).value
      starts.set(JSON.stringify([...path, name, 'key']), startOf(key))
      starts.set(JSON.stringify([...path, name, 'value']), startOf(item))
      value[name] = read(item, [...path, name])
    }
    return value
  }
  return { value: read(yaml.contents, []), starts }
}

function startOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? -1
}

/** True: it was plain. Whatever is plain must read as the library reads it. */
function agrees(text: string): boolean {
  const plain = readPlainYaml(text, defaultDocumentLimits)
  if (plain === null) return false
  const library = readWithLibrary(text)
  const starts = Array.from(library?.starts.keys() ?? [], (written): [string, number | null] => {
    const path = JSON.parse(written) as (string | number)[]
    const part = path.pop() as 'key' | 'value'
    return [written, plain.startOf(path, part)]
  })
  expect({ text, value: plain.value, starts: new Map(starts) }).toEqual({ text, ...library })
  return true
}

/** Every value and key, and parts of it, is where the library has it. */
function agreesInSpans(text: string): void {
  const { document } = readDocument('a.yaml', text)
  const library = DocumentReader.parse('a.yaml', text, defaultDocumentLimits)
  library.readValue()
  if (document === null) return
  for (const written of readWithLibrary(text)?.starts.keys() ?? []) {
    const path = JSON.parse(written) as (string | number)[]
    const part = path.pop() as 'key' | 'value'
    const found = [
      document.spanOf(path, part),
      ...parts.map(([start, end]) => document.spanWithin(path, start, end, part)),
    ]
    const wanted = [
      library.spanOf(path, part),
      ...parts.map(([start, end]) => library.spanWithin(path, start, end, part)),
    ]
    expect({ text, path, part, found }).toEqual({ text, path, part, found: wanted })
  }
}

const parts: readonly (readonly [start: number, end: number])[] = [
  [0, 1],
  [0, 0],
  [1, 3],
  [2, 400],
  [400, 401],
]

function corpus(): readonly string[] {
  const policies = readdirSync(join(root, 'policies'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/u.test(name))
    .map((name) => readFileSync(join(root, 'policies', name), 'utf8'))
  const docs = readFileSync(join(root, 'docs/policy-language.md'), 'utf8')
  const examples = Array.from(docs.matchAll(/```yaml\n([^]*?)```/gu), (found) => found[1] ?? '')
  return [...policies, ...examples, ...policyFiles(12).map(({ text }) => text), ...shapes]
}

const shapes = [
  'a: b',
  'a: b\n',
  'a:\n- b\n- c: d\n  e: f\n-   g: h\n    i: [j, "k", \'l\']\n',
  'a:\n  - b\n  - "c"\nd: { e: f, g: [h, { i: j }], k: "l: m, n" }\n',
  'a: >-\n  b\n  c\nd: |\n  e\n  f\n\n\ng: >\n  h\n',
  'a:\n  - >-\n    b\n    c\n  - d: |\n      e\n    f: g\n',
  '# x\n\na: b # c\n# d\n\n   # e\nf: # g\n  h: i\n',
  'a: 1\nb: -2.5\nc: 0\nd: true\ne: false\nf: 15m\ng: 10.0.0.0/8\nh: 12345678901234\n',
  '"a": \'it\'\'s\'\n\'b\': "x \\"y\\" \\\\ z"\nc d: e f\nGET /x/{id}: { a: b }\n',
  'a: zoë\nb: "✓ 😀"\nc: /x/{y}\nd: (a) && b || c\n',
  'a: []\nb: {}\nc: ""\nd: \'\'\n',
  'a:\n  { b: c, d: [e] }\nf:\n  - g:\n      [h, i] # j\n    k:\n      { l: m }\n',
  'a: >-\n  b [\n    c,\n    d\n  ]\n  e\n  f\ng: >\n  h\n    i\nj: |\n  k\n    l\n   m\n  n\n',
]

describe('plain YAML', () => {
  it('is what policies are written in', () => {
    const texts = [...policyFiles(50).map(({ text }) => text), ...shapes]
    expect(texts.filter((text) => !agrees(text))).toEqual([])
  })

  it('reads as the library reads it, value by value and place by place', () => {
    expect(corpus().filter(agrees).length).toBeGreaterThan(20)
    for (const text of corpus()) agreesInSpans(text)
  })

  it('is left to the library as soon as anything is out of the ordinary', () => {
    const isPlain = (text: string): boolean => readPlainYaml(text, defaultDocumentLimits) !== null
    expect(unusual.filter(isPlain)).toEqual([])
  })

  it('reads no damaged text otherwise than the library', { timeout: 120_000 }, () => {
    const random = new Random(Number(process.env['PROPERTY_SEED'] ?? '7'))
    const texts = corpus()
    const times = 6_000 * Number(process.env['PROPERTY_RUNS'] ?? '1')
    const spansEvery = 20
    let plain = 0
    for (let time = 0; time < times; time += 1) {
      let text = random.pick(texts)
      for (let wound = random.below(3); wound >= 0; wound -= 1) text = damage(random, text)
      if (!agrees(text)) continue
      plain += 1
      if (plain % spansEvery === 0) agreesInSpans(text)
    }
    expect(plain).toBeGreaterThan(times / 10)
  })

  it('counts depth and values', () => {
    const limits = { maxDepth: 3, maxValues: 5 }
    expect(readPlainYaml('a: [b, c]\n', limits)).not.toBeNull()
    expect(readPlainYaml('a: [[b]]\n', limits)).toBeNull()
    expect(readPlainYaml('a: [b, c, d, e]\n', limits)).toBeNull()
  })
})

const unusual = [
  '',
  'a: |\n  b\n    \nc: d\n',
  'a: |\n  b\n\n    \nc: d\n',
  'a: >\n  b\n   \n',
  '# only a comment\n',
  '- a\n',
  '--- a: b\n',
  '---\na: b\n',
  'a: b\n---\nc: d\n',
  'a: b\n...\n',
  '%YAML 1.1\n---\na: b\n',
  'a: &x b\nc: *x\n',
  'a: !!str b\n',
  '? a\n: b\n',
  'a: b\na: c\n',
  'a: { b: c, b: d }\n',
  '<<: b\n',
  'a: b\n  c\n',
  'a:\tb\n',
  'a: b\r\n',
  'a: [b,\n  c]\n',
  'a: "b\n  c"\n',
  'a: "\\u0041"\n',
  'a: b: c\n',
  'a: ~\nb:\nc: null\n',
  'a: yes\n  no: x\n',
  'a: |2\n   b\n',
  'a: >\n  b\n\n  c\n',
  'a:\n  { b: c }\n    d: e\n',
  'a:\n  { b: c }: d\n',
  'a:\n  [b]\n  c: d\n',
  'a:\n{ b: c }\n',
  'a: >\n  b\n c\n',
  'a: >\n  b\n\t c\n',
  'a:\n  "b"\n',
  'a: 0x10\n',
  'a: 1e3\n',
  'a: .5\n',
  'a: .inf\n',
  'a: 99999999999999999999\n',
  '1: a\n',
  'true: a\n',
  'a: b\n c: d\n',
  'a:\n  b: c\n d: e\n',
  'a: [b]\n  - c\n',
  'a: @b\n',
  'a: [b, , c]\n',
  'a: [b c: d]\n',
  'a: - b\n',
  'a: # b\n',
]

function damage(random: Random, text: string): string {
  const at = random.below(text.length + 1)
  const lines = text.split('\n')
  const line = random.below(lines.length)
  switch (random.below(8)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1 + random.below(3))
    case 1:
    case 2:
      return text.slice(0, at) + random.pick(characters) + text.slice(at)
    case 3:
      return lines.toSpliced(line, 1).join('\n')
    case 4:
      return lines.toSpliced(line, 0, lines[random.below(lines.length)] ?? '').join('\n')
    case 5:
      return lines.with(line, ` ${lines[line] ?? ''}`).join('\n')
    case 6:
      return lines.with(line, (lines[line] ?? '').slice(1)).join('\n')
    default:
      return lines
        .toSpliced(line, 0, random.pick(['', '  ', '# x', '    # y', '---', '- z', 'q: r']))
        .join('\n')
  }
}

const characters = [
  ...Array.from(' \n:-#"\'[]{},|>&*!%@`?\\=~0.\t'),
  ': ',
  ' #',
  '- ',
  '\n\n',
  '\n  ',
  ' "',
  'é',
  '\u00a0',
  'x',
  '<<',
  '0x',
  'null',
  'no',
  ': |\n',
  '>-',
  '""',
]
