const maxLength = 120

/** A value of the client's for the log: short, and escaped so that it cannot pass for our words. */
export function quoted(value: string): string {
  return JSON.stringify(value.length > maxLength ? `${value.slice(0, maxLength)}…` : value)
}
