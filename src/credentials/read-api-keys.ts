import type { ApiKeySpec } from '../authenticate/api-keys.ts'
import { isUsableSubject } from '../authenticate/subject-name.ts'
import { anonymous, anonymousType } from '../model/identity.ts'
import { type Diagnostic, diagnostic } from '../source/diagnostic.ts'
import { readDocument, type SourceDocument } from '../source/document.ts'
import { quote } from '../source/quote.ts'
import { validateSchema } from '../source/validate-schema.ts'
import { validate } from './api-keys.schema.generated.ts'

interface RawKey {
  readonly id: string
  readonly sha256: string
  readonly not_before?: string
  readonly expires?: string
}

interface RawService {
  readonly subject: string
  readonly type?: string
  readonly scopes?: readonly string[]
  readonly roles?: readonly string[]
  readonly groups?: readonly string[]
  readonly attributes?: Readonly<Record<string, unknown>>
  readonly keys: readonly RawKey[]
}

export interface ReadApiKeys {
  readonly keys: readonly ApiKeySpec[]
  /** With an error there are no keys: a file is taken as a whole or not at all. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Attributes that fields of their own give. */
const ownAttributes = ['scope', 'roles', 'groups'] as const

/** The file of API keys, each finding with its place. Digests are not secret, and are not shown. */
export function readApiKeys(file: string, text: string): ReadApiKeys {
  const { document, diagnostics } = readDocument(file, text)
  if (document === null) return { keys: [], diagnostics }
  const wrong = validateSchema(document, validate)
  if (wrong.length > 0) return { keys: [], diagnostics: wrong }
  const { services } = document.value as { readonly services: readonly RawService[] }
  const findings: Diagnostic[] = []
  const firstOf = new Map<string, string>()
  const keys = services.flatMap((service, index) => {
    checkService(service, index, document, findings)
    const properties = propertiesOf(service)
    return service.keys.map((key, keyIndex): ApiKeySpec => {
      const path = ['services', index, 'keys', keyIndex]
      const first = firstOf.get(key.id)
      if (first !== undefined) {
        const message = `key ${quote(key.id)} is listed twice: it belongs to ${quote(first)} already`
        findings.push(error(document, [...path, 'id'], 'duplicate-key-id', message))
      }
      firstOf.set(key.id, service.subject)
      if (!/^[0-9a-fA-F]{64}$/u.test(key.sha256)) {
        // Not shown: a key may have been put there instead of its digest.
        const message = '"sha256" must be a SHA-256 in 64 hexadecimal digits'
        findings.push(error(document, [...path, 'sha256'], 'malformed-value', message))
      }
      const notBeforeMs = readInstant(document, path, 'not_before', key.not_before, findings)
      const expiresAtMs = readInstant(document, path, 'expires', key.expires, findings)
      if (notBeforeMs !== null && expiresAtMs !== null && notBeforeMs >= expiresAtMs) {
        const message = '"expires" is not after "not_before": the key is never good'
        findings.push(error(document, [...path, 'expires'], 'empty-period', message))
      }
      return {
        id: key.id,
        sha256: key.sha256.toLowerCase(),
        subjectType: service.type ?? 'service',
        subjectId: service.subject,
        properties,
        notBeforeMs,
        expiresAtMs,
      }
    })
  })
  return { keys: findings.length > 0 ? [] : keys, diagnostics: findings }
}

function checkService(
  { subject, type, attributes = {} }: RawService,
  index: number,
  document: SourceDocument,
  findings: Diagnostic[],
): void {
  if (!isUsableSubject(subject) || subject === anonymous.subject.id) {
    const message =
      '"subject" has control characters or surrounding space, or is the name of nobody'
    findings.push(error(document, ['services', index, 'subject'], 'malformed-value', message))
  }
  if (type === anonymousType) {
    const message = `"type" is that of nobody: ${quote(type)}`
    findings.push(error(document, ['services', index, 'type'], 'malformed-value', message))
  }
  for (const name of ownAttributes) {
    if (!Object.hasOwn(attributes, name)) continue
    const path = ['services', index, 'attributes', name]
    const message = `${quote(name)} has a field of its own beside "attributes"`
    findings.push(error(document, path, 'duplicate-attribute', message))
  }
}

function propertiesOf({ scopes, roles, groups, attributes }: RawService): ApiKeySpec['properties'] {
  const properties = Object.create(null) as Record<string, unknown>
  for (const [name, value] of Object.entries(attributes ?? {})) properties[name] = value
  if (scopes !== undefined) properties['scope'] = scopes.join(' ')
  if (roles !== undefined) properties['roles'] = roles
  if (groups !== undefined) properties['groups'] = groups
  return properties
}

function readInstant(
  document: SourceDocument,
  path: readonly (string | number)[],
  name: string,
  text: string | undefined,
  findings: Diagnostic[],
): number | null {
  if (text === undefined) return null
  const instant = Date.parse(text)
  if (!Number.isNaN(instant)) return instant
  const message = `${quote(name)} is no date there is: ${quote(text)}`
  findings.push(error(document, [...path, name], 'malformed-value', message))
  return null
}

function error(
  document: SourceDocument,
  path: readonly (string | number)[],
  code: string,
  message: string,
): Diagnostic {
  return diagnostic('error', code, document.file, document.spanOf(path), message)
}
