/**
 * JSON-like values by name, as AuthZEN's `properties` and `context`. Values come from tokens and
 * callers: read them with `Object.hasOwn`, never through the prototype.
 */
export type Attributes = Readonly<Record<string, unknown>>

export const noAttributes: Attributes = Object.freeze(
  Object.create(null) as Record<string, unknown>,
)
