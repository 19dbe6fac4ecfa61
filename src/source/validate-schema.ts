import { type Diagnostic, diagnostic } from './diagnostic.ts'
import type { Path } from './document-reader.ts'
import type { SourceDocument } from './document.ts'
import { describeSchemaError } from './schema-errors.ts'

/** One finding of a precompiled validator, as ajv states it with `allErrors` and `verbose`. */
export interface SchemaError {
  readonly keyword: string
  readonly instancePath: string
  readonly schemaPath: string
  readonly params: Readonly<Record<string, unknown>>
  readonly schema?: unknown
  readonly parentSchema?: Readonly<Record<string, unknown>>
  readonly data?: unknown
  /** Set where a key itself is wrong. */
  readonly propertyName?: string
}

/** Made ahead of time by `build-validators.ts`: no code is generated in the running process. */
export interface SchemaValidator {
  (value: unknown): boolean
  errors?: readonly SchemaError[] | null
}

const MAX_FINDINGS = 200

/** Checks a document against a schema; each finding carries its place and says what to write instead. */
export function validateSchema(
  document: SourceDocument,
  validator: SchemaValidator,
): readonly Diagnostic[] {
  if (validator(document.value)) return []
  const errors = settleAlternatives(validator.errors ?? [])
  return errors.slice(0, MAX_FINDINGS).map((error) => {
    const { path, part, code, message, hint } = describeSchemaError(error, pathOf(error))
    const span = document.spanOf(path, part)
    return diagnostic('error', code, document.file, span, message, hint)
  })
}

/** RFC 6901; steps into lists stay text, which a document's `spanOf` understands. */
function pathOf(error: SchemaError): Path {
  return error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/**
 * `anyOf` and `oneOf` report every alternative's failure. Kept are the failures inside the one
 * alternative whose kind of value was used; when none fits, one finding names the choices.
 */
function settleAlternatives(errors: readonly SchemaError[]): readonly SchemaError[] {
  const kept: SchemaError[] = []
  for (const error of errors) {
    // Each of these only says that another error of the list has been found.
    if (error.keyword === 'if' || error.keyword === 'propertyNames') continue
    if (error.keyword !== 'anyOf' && error.keyword !== 'oneOf') {
      kept.push(error)
      continue
    }
    // They stand right before it: to look at all that was kept would be quadratic.
    let start = kept.length
    while (start > 0 && isWithin(kept[start - 1] ?? error, error)) start -= 1
    const within = kept.splice(start)
    const specific = within.filter((other) => isSpecific(other, error))
    if (specific.length > 0) kept.push(...nearestBranch(specific, error))
    else kept.push(within.find(isListOfSameKind) ?? error)
  }
  return kept
}

function isWithin(error: SchemaError, alternatives: SchemaError): boolean {
  return (
    error.instancePath === alternatives.instancePath ||
    error.instancePath.startsWith(`${alternatives.instancePath}/`)
  )
}

/** A branch that accepted the kind of value and then found something wrong in it. */
function isSpecific(error: SchemaError, alternatives: SchemaError): boolean {
  if (error.instancePath !== alternatives.instancePath) return true
  return !['type', 'enum', 'const'].includes(error.keyword)
}

/** A text that is not among the texts listed: the list says more than the kinds there are. */
function isListOfSameKind({ keyword, params, data }: SchemaError): boolean {
  if (keyword !== 'enum') return false
  const allowed = params['allowedValues'] as readonly unknown[]
  return allowed.some((value) => typeof value === typeof data)
}

/** Of several branches that accept the kind, the one with the fewest complaints was meant. */
function nearestBranch(
  errors: readonly SchemaError[],
  alternatives: SchemaError,
): readonly SchemaError[] {
  const branches = new Map<string, SchemaError[]>()
  for (const error of errors) {
    const branch = branchOf(error, alternatives)
    const known = branches.get(branch)
    if (known === undefined) branches.set(branch, [error])
    else known.push(error)
  }
  const [fewest] = [...branches.values()].sort((a, b) => a.length - b.length)
  return fewest ?? errors
}

function branchOf(error: SchemaError, alternatives: SchemaError): string {
  const inside = error.schemaPath.startsWith(`${alternatives.schemaPath}/`)
  if (inside)
    return error.schemaPath.slice(alternatives.schemaPath.length + 1).split('/', 1)[0] ?? ''
  // Through a $ref the path starts anew at the definition, which names the branch as well.
  return error.schemaPath.split('/', 3).join('/')
}
