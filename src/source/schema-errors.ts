import type { Path } from './document-reader.ts'
import { quote, quoteList } from './quote.ts'
import { suggest } from './suggest.ts'
import type { SchemaError } from './validate-schema.ts'

export interface DescribedError {
  readonly path: Path
  readonly part: 'key' | 'value'
  readonly code: string
  readonly message: string
  readonly hint: string | null
}

type Schema = Readonly<Record<string, unknown>>

/** One schema finding in plain words, at the place a person would look for it. */
export function describeSchemaError(error: SchemaError, path: Path): DescribedError {
  const { params } = error
  const schema = error.parentSchema ?? {}
  const name = nameOf(path)
  const atValue = (code: string, message: string, hint: string | null = null): DescribedError => {
    return { path, part: 'value', code, message, hint }
  }
  if (error.propertyName !== undefined) return describeName(error.propertyName, schema, path)
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return describeUnknownKey(error, path)
    case 'required': {
      const missing = String(params['missingProperty'])
      const hint = textOf(propertiesOf(schema)[missing], 'description')
      const message = `${name} has no ${quote(missing)}`
      return { path, part: 'key', code: 'missing-key', message, hint }
    }
    case 'dependentRequired': {
      const message = `${quote(String(params['property']))} needs ${quote(String(params['missingProperty']))} beside it`
      const hint = `add ${quote(String(params['missingProperty']))}, or remove ${quote(String(params['property']))}`
      return { path, part: 'key', code: 'missing-key', message, hint }
    }
    case 'type':
    case 'anyOf':
    case 'oneOf': {
      const message = `${name} must be ${wanted(error)}, not ${kindOf(error.data)}`
      const isUnquoted = ['boolean', 'number'].includes(typeof error.data)
      const hint = isUnquoted && schema['type'] === 'string' ? 'put it in quotes' : null
      return atValue('wrong-type', message, hint)
    }
    case 'enum': {
      const allowed = (params['allowedValues'] as readonly unknown[]).map(String)
      const given = typeof error.data === 'string' ? error.data : JSON.stringify(error.data)
      const message = `${name} must be one of ${quoteList(allowed)}, not ${quote(given)}`
      return atValue('unknown-value', message, suggestOnly(given, allowed))
    }
    case 'const':
      return atValue('unknown-value', `${name} must be ${JSON.stringify(params['allowedValue'])}`)
    case 'pattern':
    case 'format': {
      const title = textOf(schema, 'title') ?? `text of the form ${String(error.schema)}`
      return atValue(
        'malformed-value',
        `${name} must be ${title}, not ${quote(String(error.data))}`,
      )
    }
    case 'minLength':
      return atValue('malformed-value', `${name} must ${atLeast(params, 'character')}`)
    case 'maxLength':
      return atValue('malformed-value', `${name} must ${atMost(params, 'character')}`)
    case 'minItems':
      return atValue('too-few', `${name} must ${atLeast(params, 'entry')}`)
    case 'maxItems':
      return atValue('too-many', `${name} must ${atMost(params, 'entry')}`)
    case 'minProperties':
      return atValue('too-few', `${name} must ${atLeast(params, 'key')}`)
    case 'maxProperties':
      return atValue('too-many', `${name} must ${atMost(params, 'key')}`)
    case 'uniqueItems': {
      const again = Math.max(Number(params['i']), Number(params['j']))
      const value = Array.isArray(error.data) ? (error.data[again] as unknown) : null
      const message = `${name} names ${quote(typeof value === 'string' ? value : JSON.stringify(value))} twice`
      return {
        path: [...path, again],
        part: 'value',
        code: 'duplicate-entry',
        message,
        hint: 'remove one of them',
      }
    }
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return atValue(
        'out-of-range',
        `${name} must be ${comparison(params)}, not ${String(error.data)}`,
      )
    case 'multipleOf':
      return atValue(
        'out-of-range',
        `${name} must be a multiple of ${String(params['multipleOf'])}`,
      )
    case 'not':
    case 'false schema':
      return {
        path,
        part: 'key',
        code: 'not-allowed',
        message: `${name} is not allowed here`,
        hint: null,
      }
    default:
      return atValue('invalid', `${name} is not valid (${error.keyword})`)
  }
}

function describeUnknownKey(error: SchemaError, path: Path): DescribedError {
  const given = String(error.params['additionalProperty'] ?? error.params['unevaluatedProperty'])
  const known = Object.keys(propertiesOf(error.parentSchema ?? {}))
  const message = `unknown key ${quote(given)}${path.length === 0 ? '' : ` in ${nameOf(path)}`}`
  const hint = suggest(given, known, 'known keys')
  return { path: [...path, given], part: 'key', code: 'unknown-key', message, hint }
}

function describeName(given: string, schema: Schema, path: Path): DescribedError {
  const message = `${quote(given)} is not ${textOf(schema, 'title') ?? 'an allowed name'}`
  return { path: [...path, given], part: 'key', code: 'malformed-name', message, hint: null }
}

function nameOf(path: Path): string {
  const last = path.at(-1)
  if (last === undefined) return 'the file'
  const isIndex = typeof last === 'number' || /^\d+$/u.test(last)
  if (!isIndex) return quote(last)
  const list = path.at(-2)
  return `entry ${Number(last) + 1}${list === undefined ? '' : ` of ${quote(String(list))}`}`
}

/** `a list`, `text or a list`, or the schema's own title, which is a noun phrase. */
function wanted(error: SchemaError): string {
  const schema = error.parentSchema ?? {}
  const title = textOf(schema, 'title')
  if (title !== null) return title
  if (error.keyword === 'type') return kindsIn(schema).join(' or ')
  const branches = Array.isArray(error.schema) ? (error.schema as readonly Schema[]) : []
  const kinds = branches.flatMap((branch) => {
    const ofBranch = textOf(branch, 'title')
    return ofBranch === null ? kindsIn(branch) : [ofBranch]
  })
  return kinds.length === 0 ? 'one of the allowed forms' : [...new Set(kinds)].join(' or ')
}

function kindsIn(schema: Schema): readonly string[] {
  if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => quote(String(value)))
  if ('const' in schema) return [JSON.stringify(schema['const'])]
  const { type } = schema
  const types = Array.isArray(type) ? (type as readonly unknown[]) : [type]
  return types.map((one) => kindNames.get(String(one)) ?? 'another form')
}

const kindNames: ReadonlyMap<string, string> = new Map([
  ['object', 'a mapping'],
  ['array', 'a list'],
  ['string', 'text'],
  ['number', 'a number'],
  ['integer', 'a whole number'],
  ['boolean', 'true or false'],
  ['null', 'empty'],
])

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  if (typeof value === 'string') return `text (${quote(value)})`
  if (typeof value === 'boolean') return String(value)
  return `a number (${JSON.stringify(value)})`
}

function suggestOnly(given: string, allowed: readonly string[]): string | null {
  const hint = suggest(given, allowed, '')
  return hint?.startsWith('did you mean') === true ? hint : null
}

function atLeast(params: Schema, noun: string): string {
  const limit = Number(params['limit'])
  return limit === 1 ? 'not be empty' : `have at least ${limit} ${plural(limit, noun)}`
}

function atMost(params: Schema, noun: string): string {
  const limit = Number(params['limit'])
  return `have at most ${limit} ${plural(limit, noun)}`
}

function plural(amount: number, noun: string): string {
  if (amount === 1) return noun
  return noun === 'entry' ? 'entries' : `${noun}s`
}

const comparisons: ReadonlyMap<string, string> = new Map([
  ['>=', 'at least'],
  ['<=', 'at most'],
  ['>', 'more than'],
  ['<', 'less than'],
])

function comparison(params: Schema): string {
  return `${comparisons.get(String(params['comparison'])) ?? ''} ${String(params['limit'])}`
}

function propertiesOf(schema: unknown): Schema {
  const properties = (schema as Schema | undefined)?.['properties']
  return typeof properties === 'object' && properties !== null ? (properties as Schema) : {}
}

function textOf(schema: unknown, key: 'title' | 'description'): string | null {
  const text = (schema as Schema | undefined)?.[key]
  return typeof text === 'string' ? text : null
}
