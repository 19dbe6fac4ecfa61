import type { AccessRequest, Action, Resource, Subject } from '../model/access-request.ts'
import { noAttributes } from '../model/attributes.ts'
import type { Attributes } from '../model/attributes.ts'
import type { Problem } from './read-json.ts'

type JsonObject = Readonly<Record<string, unknown>>

/** AuthZEN Access Evaluation request; unknown members are ignored, as the specification asks. */
export function readEvaluation(body: JsonObject, timeMs: number): AccessRequest | Problem {
  const subject = readEntity('subject', body['subject'])
  if (typeof subject === 'string') return subject
  const action = readAction(body['action'])
  if (typeof action === 'string') return action
  const resource = readEntity('resource', body['resource'])
  if (typeof resource === 'string') return resource
  const context = readAttributes('context', body['context'])
  if (typeof context === 'string') return context
  return { subject, action, resource, context, timeMs }
}

/** `subject` or `resource`: one shape. */
export function readEntity(
  name: 'subject' | 'resource',
  value: unknown,
): (Subject & Resource) | Problem {
  if (!isPresent(value)) return `"${name}" is missing`
  if (!isObject(value)) return `"${name}" is not an object`
  const { type, id } = value
  if (typeof type !== 'string') return notText(`${name}.type`, type)
  if (typeof id !== 'string') return notText(`${name}.id`, id)
  const properties = readAttributes(`${name}.properties`, value['properties'])
  return typeof properties === 'string' ? properties : { type, id, properties }
}

export function readAction(value: unknown): Action | Problem {
  if (!isPresent(value)) return '"action" is missing'
  if (!isObject(value)) return '"action" is not an object'
  const { name } = value
  if (typeof name !== 'string') return notText('action.name', name)
  const properties = readAttributes('action.properties', value['properties'])
  return typeof properties === 'string' ? properties : { name, properties }
}

export function readAttributes(name: string, value: unknown): Attributes | Problem {
  if (!isPresent(value)) return noAttributes
  return isObject(value) ? value : `"${name}" is not an object`
}

/** Null is read as absence: AuthZEN senders should omit it. */
export function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function notText(name: string, value: unknown): Problem {
  return isPresent(value) ? `"${name}" is not a string` : `"${name}" is missing`
}
