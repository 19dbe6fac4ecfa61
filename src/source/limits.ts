/** What one file may cost before it is refused. Every limit has its own diagnostic. */
export interface DocumentLimits {
  /** UTF-16 units. */
  readonly maxCharacters: number
  readonly maxDepth: number
  /** Values after aliases are expanded: a few bytes of anchors can stand for millions of values. */
  readonly maxValues: number
  readonly maxAliases: number
}

export const defaultDocumentLimits: DocumentLimits = {
  maxCharacters: 8_388_608,
  maxDepth: 32,
  maxValues: 1_000_000,
  maxAliases: 1_000,
}
