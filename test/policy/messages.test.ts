import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** Sentences that nobody is meant to see: they belong to assertions, or are not sentences at all. */
const exempt = new Set([
  // What a hint calls the names that it lists.
  'known scopes',
  'its attributes',
  'id description permit deny roles when require obligations output resources subjects subject_type groups expires',
  'bool int uint double string bytes timestamp duration',
  'The plan has no steps',
  // What only a schema that this project has not would lead to.
  'false schema',
  'one of the allowed forms',
  'another form',
  '${…} is not valid (${…})',
  // What the YAML library says.
  'Tags and anchors',
  // Of a question that could be read and then, a moment later, could not.
  'the question is malformed',
  'it is permitted',
  // The decision of the engine knows no obligations it cannot do.
  'the permit asks for something that cannot be done here',
  'Nothing is at this place',
  'The place has no such rule',
  'The table has no row for "${…}"',
  'Action "${…}" of "${…}" is not declared',
  'Rule "${…}" requires nothing',
  'Scope "${…}" is not declared',
])

/** What is wrong with the folder itself is for the tests of reading it: `load.test.ts`. */
const others = /generated|build-validators|walk-folder|list-files|\/load\.ts$/u
const sources = globSync('src/{authoring,decide,embedding,policy,source}/*.ts').filter(
  (path) => !others.test(path),
)

const literal = /"(?:\\.|[^"\\\n])*"|'(?<plain>(?:\\.|[^'\\\n])*)'|`(?<template>(?:\\.|[^`\\])*)`/gu
const comment = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/gmu
const inserted = /\$\{(?:[^{}]|\{[^{}]*\})*\}/gu

/** Of a template within a template only the inner one is looked at. */
const nested = /\$\{(?!…\})|^[)\]]\}/u

/** Every text of two words or more in what is no comment and no regular expression. */
function messagesIn(path: string): readonly string[] {
  const code = readFileSync(path, 'utf8')
    .replaceAll(comment, '')
    .replaceAll(/(?<=[=(,] |\()\/(?![/*])(?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\\\n[])+\/[a-z]*/gu, '')
  return Array.from(code.matchAll(literal), ({ groups }) => {
    return groups?.['plain'] ?? groups?.['template'] ?? ''
  })
    .map((text) => text.replaceAll(inserted, '${…}'))
    .filter((text) => /[a-z]{2,} [a-z]/u.test(text) && !nested.test(text) && !text.includes('\n'))
}

/** What is inserted may be anything. */
function isShown(message: string, shown: string): boolean {
  const parts = message.split(inserted).map((part) => part.replaceAll(/\\(.)/gu, '$1'))
  const longest = parts.toSorted((a, b) => b.length - a.length)[0] ?? ''
  if (!shown.includes(longest)) return false
  if (parts.length === 1) return true
  const escaped = parts
    .filter(Boolean)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&'))
  return new RegExp(escaped.join('[^\\n]+?'), 'u').test(shown)
}

describe('the messages of files, policies, conditions, decisions and explanations', () => {
  const shown = globSync(
    'test/{policy,decide,property,conformance,authoring,source,embedding}/**/*.{test.ts,snap}',
  )
    .filter((path) => !path.endsWith('messages.test.ts'))
    .map((path) => readFileSync(path, 'utf8').replaceAll(/\\(['"`])/gu, '$1'))
    .join('\n')
  const messages = sources.flatMap((path) => messagesIn(path).map((text) => ({ path, text })))

  it('are found in the sources', () => {
    expect(messages.length).toBeGreaterThan(150)
    expect([...exempt].filter((text) => !messages.some((each) => each.text === text))).toEqual([])
  })

  it('are all shown by a test', () => {
    const missing = messages.filter(({ text }) => !exempt.has(text) && !isShown(text, shown))
    expect(missing).toEqual([])
  })
})
