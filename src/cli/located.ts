import { join } from 'node:path'
import type { Diagnostic } from '../source/diagnostic.ts'

/** Policies name files relative to their folder; a person opens them from where the command ran. */
export interface Located {
  path(file: string): string
  /** `file:line:column`. */
  place(location: string): string
  diagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[]
  texts(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string>
}

export function locatedIn(dir: string): Located {
  const path = (file: string): string => join(dir, file)
  return {
    path,
    place: path,
    diagnostics: (diagnostics) =>
      diagnostics.map((diagnostic) => ({ ...diagnostic, file: path(diagnostic.file) })),
    texts: (texts) => new Map(Array.from(texts, ([file, text]) => [path(file), text])),
  }
}
