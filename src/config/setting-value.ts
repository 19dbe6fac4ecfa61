import { readRate } from '../model/rate-limit.ts'
import { quote, quoteList } from '../source/quote.ts'
import type { Setting } from './settings.ts'
import { formatDuration, formatSize, parseDurationMs, parseSizeBytes } from './units.ts'

export type SettingValue =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string }

/** A value whose form the schema has accepted, in the unit the code keeps it in. */
export function readSettingValue(name: string, setting: Setting, raw: unknown): SettingValue {
  switch (setting.kind) {
    case 'text':
    case 'path':
    case 'flag':
    case 'texts':
      return { ok: true, value: raw }
    case 'rate':
      return readLimit(name, String(raw))
    case 'mode':
      return { ok: true, value: Number.parseInt(String(raw), 8) }
    case 'port':
    case 'count':
      return inRange(name, setting, raw as number, String)
    case 'count-or-auto':
      if (raw === 'auto') return { ok: true, value: 0 }
      return inRange(name, setting, raw as number, String)
    case 'duration-ms':
      return inRange(name, setting, parseDurationMs(String(raw)), formatDuration)
    case 'duration-s':
      return readSeconds(name, setting, parseDurationMs(String(raw)))
    case 'size':
      return inRange(name, setting, parseSizeBytes(String(raw)), formatSize)
    case 'size-or-unlimited':
      if (raw === 'unlimited') return { ok: true, value: 0 }
      return inRange(name, setting, parseSizeBytes(String(raw)), formatSize)
    default:
      return setting.kind satisfies never
  }
}

/** From an environment variable. Says what is wanted, never what was given: it may be a secret. */
export function readVariable(name: string, setting: Setting, text: string): SettingValue {
  if (setting.allowed !== undefined && !setting.allowed.includes(text)) {
    const message = `${name} must be one of ${quoteList(setting.allowed)}`
    return { ok: false, code: 'unknown-value', message }
  }
  if (setting.kind === 'count-or-auto') {
    if (text === 'auto') return { ok: true, value: 0 }
    const count = /^\d{1,5}$/u.test(text) ? Number(text) : null
    return inRange(name, setting, count, String)
  }
  if (setting.kind !== 'port') return { ok: true, value: text }
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return { ok: true, value: port }
  const message = `${name} must be a whole number from 0 to 65535`
  return { ok: false, code: 'out-of-range', message }
}

function readLimit(name: string, text: string): SettingValue {
  const value = readRate(text)
  if (value !== null) return { ok: true, value }
  const message = `${quote(name)} must be a rate such as 100/m or "100/m burst 20"`
  return { ok: false, code: 'malformed-value', message }
}

function readSeconds(name: string, setting: Setting, milliseconds: number | null): SettingValue {
  const inSeconds = { ...setting, min: scaled(setting.min), max: scaled(setting.max) }
  const read = inRange(name, inSeconds, milliseconds, formatDuration)
  if (!read.ok || milliseconds === null) return read
  if (milliseconds % 1_000 === 0) return { ok: true, value: milliseconds / 1_000 }
  const message = `${quote(name)} must be in whole seconds, not ${formatDuration(milliseconds)}`
  return { ok: false, code: 'malformed-value', message }
}

function scaled(seconds: number | undefined): number {
  return (seconds ?? Number.NaN) * 1_000
}

function inRange(
  name: string,
  { min, max }: Pick<Setting, 'min' | 'max'>,
  value: number | null,
  format: (value: number) => string,
): SettingValue {
  if (value === null) {
    return { ok: false, code: 'malformed-value', message: `${quote(name)} is malformed` }
  }
  if ((min === undefined || value >= min) && (max === undefined || value <= max)) {
    return { ok: true, value }
  }
  const from = min === undefined ? '' : format(min)
  const wanted = max === undefined ? `at least ${from}` : `between ${from} and ${format(max)}`
  const message = `${quote(name)} must be ${wanted}, not ${format(value)}`
  return { ok: false, code: 'out-of-range', message }
}
