let field = ''
let untilMs = 0

/** The `Date` field of now, as a line; made once a second. */
export function dateField(nowMs: number): string {
  if (nowMs >= untilMs || nowMs < untilMs - 1_000) {
    untilMs = nowMs - (nowMs % 1_000) + 1_000
    field = `Date: ${new Date(nowMs).toUTCString()}\r\n`
  }
  return field
}
