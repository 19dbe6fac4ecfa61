import type { CompiledPolicies } from '../policy/compile.ts'
import type { PolicySource } from '../policy/load.ts'
import { Declared } from '../policy/names.ts'
import { at, type Cursor, entriesAt, itemsAt, rootOf, textAt } from '../source/cursor.ts'
import { readDocument } from '../source/document.ts'
import { Findings } from '../source/findings.ts'
import { validateSchema } from '../source/validate-schema.ts'
import type { Case } from './case.ts'
import { ReadCases } from './read-cases.ts'
import { readResource, readSubject, type SuiteNames } from './suite-names.ts'
import { validate } from './suite.schema.generated.ts'

/** One `*.test.yaml` file. */
export interface Suite {
  readonly name: string
  readonly file: string
  readonly cases: readonly Case[]
}

/** Conditions that read `now` need a fixed one, or a test passes in one season only. */
const defaultNow = Date.UTC(2026, 0, 1, 12)

/** Null when the file has findings: a suite is run whole or not at all. */
export function readSuite(
  source: PolicySource,
  policies: CompiledPolicies,
  findings: Findings,
): Suite | null {
  const { document, diagnostics } = readDocument(source.path, source.text)
  findings.add(diagnostics)
  if (document === null) return null
  const inFile = new Findings()
  inFile.add(validateSchema(document, validate))
  // The readers below rely on the form; what is wrong with it has just been said.
  if (inFile.all.length === 0) {
    const suite = readCases(rootOf(document), policies, inFile)
    findings.add(inFile.all)
    return inFile.all.length === 0 ? suite : null
  }
  findings.add(inFile.all)
  return null
}

function readCases(file: Cursor, policies: CompiledPolicies, findings: Findings): Suite {
  const names: SuiteNames = {
    subjects: new Map(
      entriesAt(file, 'subjects').map(([name, place]) => [
        name,
        readSubject(place, name, policies.subject, findings),
      ]),
    ),
    resources: new Map(
      entriesAt(file, 'resources').flatMap(([name, place]) => {
        const resource = readResource(place, name, policies.resources, findings)
        return resource === null ? [] : [[name, resource]]
      }),
    ),
  }
  const now = textAt(file, 'now')
  const reader = new ReadCases(
    names,
    policies,
    now === null ? defaultNow : Date.parse(now.value),
    findings,
  )
  const tests = new Declared<Cursor>('test')
  const cases = itemsAt(file, 'tests').flatMap((test) => {
    const name = textAt(test, 'name')
    if (name !== null) tests.add(name.value, test, name, 'value', findings)
    return reader.read(test)
  })
  const suiteName = at(file, 'suite')?.value
  return {
    name: typeof suiteName === 'string' ? suiteName : file.document.file,
    file: file.document.file,
    cases,
  }
}
