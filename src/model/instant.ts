/** 0001-01-01T00:00:00Z and the last millisecond of 9999, as RFC 3339 and CEL know them. */
const firstMs = -62_135_596_800_000
const lastMs = 253_402_300_799_999

/** Whether conditions can read it as `now`: neither NaN nor out of the calendar. */
export function isInstant(timeMs: number): boolean {
  return timeMs >= firstMs && timeMs <= lastMs
}
