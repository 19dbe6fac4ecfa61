import { CelFailure } from './expression-values.ts'

/** As in RFC 3339: up to 23:59. */
const fixedOffset = /^(?<sign>[+-]?)(?<hours>[01]\d|2[0-3]):(?<minutes>[0-5]\d)$/
const offsetName = /^GMT(?:(?<sign>[+-])(?<hours>\d\d):(?<minutes>\d\d)(?::(?<seconds>\d\d))?)?$/
const maxZoneName = 64
const maxKeptZones = 64

/** Null: there is no such zone. */
const kept = new Map<string, Intl.DateTimeFormat | null>()

/** Seconds to add to UTC at that instant, for an IANA name or an offset such as `-08:00`. */
export function zoneOffset(zone: string, seconds: number): number | CelFailure {
  if (zone === 'UTC' || zone === '') return 0
  const fixed = fixedOffset.exec(zone)?.groups
  if (fixed !== undefined) return offsetSeconds(fixed)
  const format = zoneFormat(zone)
  if (format === null) return new CelFailure('Unknown time zone')
  const name = format
    .formatToParts(seconds * 1000)
    .find((part) => part.type === 'timeZoneName')?.value
  const groups = offsetName.exec(name ?? '')?.groups
  return groups === undefined ? new CelFailure('Unknown time zone') : offsetSeconds(groups)
}

export function isTimeZone(zone: string): boolean {
  return typeof zoneOffset(zone, 0) === 'number'
}

function offsetSeconds(groups: Readonly<Record<string, string | undefined>>): number {
  const { sign, hours = '0', minutes = '0', seconds = '0' } = groups
  const size = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)
  return sign === '-' ? -size : size
}

function zoneFormat(zone: string): Intl.DateTimeFormat | null {
  const known = kept.get(zone)
  if (known !== undefined) return known
  const format = zone.length > maxZoneName ? null : createFormat(zone)
  if (kept.size >= maxKeptZones) kept.clear()
  kept.set(zone, format)
  return format
}

function createFormat(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  } catch {
    return null
  }
}
