import { CelDuration, CelFailure, CelTimestamp } from './expression-values.ts'

const nanosPerSecond = 1_000_000_000
const secondsPerDay = 86_400
/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z. */
const minSeconds = -62_135_596_800
const maxSeconds = 253_402_300_799
/** A duration is a 64-bit count of nanoseconds, some 292 years: the specification's tests say so. */
const maxDurationSeconds = 9_223_372_036
const maxDurationNanos = 854_775_807
const timestampOutOfRange = new CelFailure('Timestamp out of range')
const durationOutOfRange = new CelFailure('Duration out of range')
const malformedTimestamp = new CelFailure('Malformed timestamp')
const malformedDuration = new CelFailure('Malformed duration')

export function timestampOf(seconds: number, nanos: number): CelTimestamp | CelFailure {
  const carry = Math.floor(nanos / nanosPerSecond)
  const whole = seconds + carry
  if (!(whole >= minSeconds && whole <= maxSeconds)) return timestampOutOfRange
  return new CelTimestamp(whole, nanos - carry * nanosPerSecond)
}

export function timestampOfMs(timeMs: number): CelTimestamp | CelFailure {
  const seconds = Math.floor(timeMs / 1000)
  return timestampOf(seconds, Math.floor((timeMs - seconds * 1000) * 1e6))
}

export function durationOf(seconds: number, nanos: number): CelDuration | CelFailure {
  const carry = Math.trunc(nanos / nanosPerSecond)
  let whole = seconds + carry
  let rest = nanos - carry * nanosPerSecond
  if (whole > 0 && rest < 0) {
    whole -= 1
    rest += nanosPerSecond
  } else if (whole < 0 && rest > 0) {
    whole += 1
    rest -= nanosPerSecond
  }
  const size = Math.abs(whole)
  const fits =
    size < maxDurationSeconds || (size === maxDurationSeconds && Math.abs(rest) <= maxDurationNanos)
  if (!fits) return durationOutOfRange
  return new CelDuration(whole, rest)
}

const rfc3339 =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[Tt](?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?:\.(?<fraction>\d{1,9}))?(?:[Zz]|(?<sign>[+-])(?<offsetHour>\d\d):(?<offsetMinute>\d\d))$/

export function parseTimestamp(text: string): CelTimestamp | CelFailure {
  const groups = rfc3339.exec(text)?.groups
  if (groups === undefined) return malformedTimestamp
  const field = (name: string): number => Number(groups[name] ?? '0')
  const [year, month, day] = [field('year'), field('month'), field('day')]
  const [hour, minute, second] = [field('hour'), field('minute'), field('second')]
  const [offsetHour, offsetMinute] = [field('offsetHour'), field('offsetMinute')]
  if (
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > daysInMonth(year, month) ||
    hour > 23 ||
    minute > 59 ||
    second > 59 ||
    offsetHour > 23 ||
    offsetMinute > 59
  ) {
    return malformedTimestamp
  }
  const offset = (offsetHour * 60 + offsetMinute) * 60 * (groups['sign'] === '-' ? -1 : 1)
  const days = daysFromCivil(year, month, day)
  const seconds = days * secondsPerDay + (hour * 60 + minute) * 60 + second - offset
  return timestampOf(seconds, Number((groups['fraction'] ?? '').padEnd(9, '0')))
}

export function formatTimestamp(timestamp: CelTimestamp): string {
  const fields = civilFields(timestamp.seconds)
  const date = [pad(fields.year, 4), pad(fields.month, 2), pad(fields.day, 2)].join('-')
  const time = [pad(fields.hour, 2), pad(fields.minute, 2), pad(fields.second, 2)].join(':')
  return `${date}T${time}${formatFraction(timestamp.nanos)}Z`
}

const unitNanos: ReadonlyMap<string, number> = new Map([
  ['h', 3_600 * nanosPerSecond],
  ['m', 60 * nanosPerSecond],
  ['s', nanosPerSecond],
  ['ms', 1_000_000],
  ['us', 1_000],
  ['µs', 1_000],
  ['μs', 1_000],
  ['ns', 1],
])

const durationPart = /(?<whole>\d*)(?:\.(?<fraction>\d*))?(?<unit>h|ms|us|µs|μs|ns|m|s)/y
const maxDurationText = 100

/** `1h30m`, `-1.5s`, `200ms`: numbers with units, as Go writes them. */
export function parseDuration(text: string): CelDuration | CelFailure {
  if (text.length > maxDurationText) return malformedDuration
  const sign = text.startsWith('-') ? -1 : 1
  let at = text.startsWith('-') || text.startsWith('+') ? 1 : 0
  if (text.slice(at) === '0') return new CelDuration(0, 0)
  if (at === text.length) return malformedDuration
  let nanos = 0n
  while (at < text.length) {
    durationPart.lastIndex = at
    const groups = durationPart.exec(text)?.groups
    if (groups === undefined) return malformedDuration
    const { whole = '', fraction = '', unit = '' } = groups
    if (whole === '' && fraction === '') return malformedDuration
    const size = unitNanos.get(unit) ?? 0
    nanos += BigInt(whole === '' ? '0' : whole) * BigInt(size)
    if (fraction !== '') nanos += (BigInt(fraction) * BigInt(size)) / 10n ** BigInt(fraction.length)
    at = durationPart.lastIndex
  }
  const perSecond = BigInt(nanosPerSecond)
  return durationOf(sign * Number(nanos / perSecond), sign * Number(nanos % perSecond))
}

export function formatDuration(duration: CelDuration): string {
  const sign = duration.seconds < 0 || duration.nanos < 0 ? '-' : ''
  return `${sign}${Math.abs(duration.seconds)}${formatFraction(Math.abs(duration.nanos))}s`
}

function formatFraction(nanos: number): string {
  return nanos === 0 ? '' : `.${pad(nanos, 9).replace(/0+$/, '')}`
}

export interface CivilFields {
  readonly year: number
  /** From 1. */
  readonly month: number
  /** From 1. */
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** Sunday is 0. */
  readonly weekday: number
  /** From 0. */
  readonly dayOfYear: number
}

/** Proleptic Gregorian calendar, without `Date`, which has no nanoseconds and allocates. */
export function civilFields(seconds: number): CivilFields {
  const days = Math.floor(seconds / secondsPerDay)
  const rest = seconds - days * secondsPerDay
  // Counted from 1 March of year 0, so that a leap day ends its year.
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const marchDay =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * marchDay + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return {
    year,
    month,
    day: marchDay - Math.floor((153 * marchMonth + 2) / 5) + 1,
    hour: Math.floor(rest / 3_600),
    minute: Math.floor((rest % 3_600) / 60),
    second: rest % 60,
    weekday: (((days + 4) % 7) + 7) % 7,
    dayOfYear: days - daysFromCivil(year, 1, 1),
  }
}

function daysFromCivil(year: number, month: number, day: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year
  const era = Math.floor(shiftedYear / 400)
  const yearOfEra = shiftedYear - era * 400
  const marchDay = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + marchDay
  return era * 146_097 + dayOfEra - 719_468
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
