import { type Found, plainScalar, readKey, readQuoted } from './plain-yaml-scalars.ts'

const newline = 10
const space = 32
const quote = 34
const hash = 35
const apostrophe = 39
const comma = 44
const colon = 58
const openList = 91
const closeList = 93
const openMap = 123
const closeMap = 125

/** Who keeps count of values and notes where they begin. */
export interface FlowReader {
  readonly starts: Map<object, number[]>
  isWithinLimits(depth: number): boolean
}

/** A value in brackets or quotes, on one line. Null: it is out of the ordinary. */
export function readFlow(
  text: string,
  start: number,
  depth: number,
  reader: FlowReader,
): Found | null {
  const code = text.charCodeAt(start)
  if (code === openList) return readList(text, start, depth, reader)
  if (code === openMap) return readMap(text, start, depth, reader)
  if (code === quote || code === apostrophe) return readQuoted(text, start)
  let at = start
  for (; ; at += 1) {
    const next = text.charCodeAt(at)
    if (next === comma || next === closeList || next === closeMap) break
    if (next === newline || Number.isNaN(next) || next === hash) return null
    if (next === openList || next === openMap || next === colon) return null
  }
  let end = at
  while (text.charCodeAt(end - 1) === space) end -= 1
  const value = plainScalar(text.slice(start, end))
  return value === undefined ? null : { value, end: at }
}

function readList(text: string, start: number, depth: number, reader: FlowReader): Found | null {
  if (!reader.isWithinLimits(depth)) return null
  const value: unknown[] = []
  const starts: number[] = []
  reader.starts.set(value, starts)
  let at = afterSpaces(text, start + 1)
  while (text.charCodeAt(at) !== closeList) {
    const item = readItem(text, at, depth + 1, reader)
    if (item === null) return null
    starts.push(at)
    value.push(item.value)
    at = afterSeparator(text, item.end, closeList)
    if (at === -1) return null
  }
  return { value, end: at + 1 }
}

function readMap(text: string, start: number, depth: number, reader: FlowReader): Found | null {
  if (!reader.isWithinLimits(depth)) return null
  const value = Object.create(null) as Record<string, unknown>
  const starts: number[] = []
  reader.starts.set(value, starts)
  let at = afterSpaces(text, start + 1)
  while (text.charCodeAt(at) !== closeMap) {
    const key = readKey(text, at)
    if (key === null || /[,[\]{}]/u.test(key.value) || Object.hasOwn(value, key.value)) return null
    const valueStart = afterSpaces(text, key.end)
    const item = readItem(text, valueStart, depth + 1, reader)
    if (item === null) return null
    starts.push(at, valueStart)
    value[key.value] = item.value
    at = afterSeparator(text, item.end, closeMap)
    if (at === -1) return null
  }
  return { value, end: at + 1 }
}

function readItem(text: string, start: number, depth: number, reader: FlowReader): Found | null {
  const item = readFlow(text, start, depth, reader)
  if (item === null || typeof item.value === 'object') return item
  return reader.isWithinLimits(depth) ? item : null
}

/** Behind a comma with another entry, or at the end of the collection; else -1. */
function afterSeparator(text: string, from: number, close: number): number {
  const at = afterSpaces(text, from)
  const code = text.charCodeAt(at)
  if (code === close) return at
  if (code !== comma) return -1
  const next = afterSpaces(text, at + 1)
  return text.charCodeAt(next) === close ? -1 : next
}

function afterSpaces(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) === space) at += 1
  return at
}
