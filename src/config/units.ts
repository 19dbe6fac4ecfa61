const millisecondsIn = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const bytesIn = { B: 1, KiB: 1_024, MiB: 1_048_576, GiB: 1_073_741_824 } as const

/** `500ms`, `10s`, `15m`, `24h`, `1d`; null for anything else. */
export function parseDurationMs(text: string): number | null {
  return parseQuantity(text, millisecondsIn)
}

/** `512B`, `16KiB`, `1MiB`, `1GiB`; null for anything else. */
export function parseSizeBytes(text: string): number | null {
  return parseQuantity(text, bytesIn)
}

/** In the largest unit that needs no fraction. */
export function formatDuration(milliseconds: number): string {
  return milliseconds === 0 ? '0s' : formatQuantity(milliseconds, millisecondsIn)
}

export function formatSize(bytes: number): string {
  return bytes === 0 ? '0B' : formatQuantity(bytes, bytesIn)
}

function parseQuantity(text: string, units: Readonly<Record<string, number>>): number | null {
  const [, digits, unit] = /^(\d{1,12})([A-Za-z]{1,3})$/u.exec(text) ?? []
  if (digits === undefined || unit === undefined || !Object.hasOwn(units, unit)) return null
  return Number(digits) * (units[unit] ?? 0)
}

function formatQuantity(value: number, units: Readonly<Record<string, number>>): string {
  const fitting = Object.entries(units).findLast(([, factor]) => value % factor === 0)
  const [unit, factor] = fitting ?? ['', 1]
  return `${value / factor}${unit}`
}
