import type { Diagnostic } from '../source/diagnostic.ts'
import { Fault } from '../model/fault.ts'

/** The policies a process should start with cannot decide anything. */
export class UnusablePolicies extends Fault {
  readonly diagnostics: readonly Diagnostic[]
  /** File texts by name, for showing the lines that diagnostics are about. */
  readonly texts: ReadonlyMap<string, string>

  constructor(
    message: string,
    diagnostics: readonly Diagnostic[],
    texts: ReadonlyMap<string, string>,
  ) {
    super('ERR_READ', message)
    this.name = 'UnusablePolicies'
    this.diagnostics = diagnostics
    this.texts = texts
  }
}
