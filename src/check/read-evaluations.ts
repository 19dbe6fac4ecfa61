import type { AccessRequest, Action, Resource, Subject } from '../model/access-request.ts'
import type { Attributes } from '../model/attributes.ts'
import type { CheckOptions } from './options.ts'
import { isObject, isPresent, readAction, readAttributes, readEntity } from './read-evaluation.ts'
import type { Problem } from './read-json.ts'

type JsonObject = Readonly<Record<string, unknown>>

const evaluationsSemantics = [
  'execute_all',
  'deny_on_first_deny',
  'permit_on_first_permit',
] as const

type EvaluationsSemantic = (typeof evaluationsSemantics)[number]

export interface Batch {
  readonly semantic: EvaluationsSemantic
  readonly items: readonly unknown[]
  readonly defaults: Defaults
}

/**
 * What an item does not say. `entity` is complete and shared by all items that say nothing of their
 * own; `partial` is what was sent, for an item that lacks a required member, or null when such an
 * item is to stay incomplete.
 */
interface Default<Entity> {
  readonly partial: JsonObject | null
  readonly entity: Entity | Problem
}

interface Defaults {
  readonly subject: Default<Subject>
  readonly action: Default<Action>
  readonly resource: Default<Resource>
  readonly context: Attributes
}

/** AuthZEN Access Evaluations request; null when there are no items: then it is a single one. */
export function readEvaluations(
  body: JsonObject,
  { maxEvaluations, completeEntities }: Pick<CheckOptions, 'maxEvaluations' | 'completeEntities'>,
): Batch | Problem | null {
  const semantic = readSemantic(body['options'])
  if (!isSemantic(semantic)) return semantic
  const items = body['evaluations']
  if (!isPresent(items)) return null
  if (!Array.isArray(items)) return '"evaluations" is not an array'
  if (items.length === 0) return null
  if (items.length > maxEvaluations) {
    return `"evaluations" has ${items.length} items, accepted are ${maxEvaluations}`
  }
  for (const name of ['subject', 'action', 'resource'] as const) {
    const problem = findDefaultProblem(name, body[name])
    if (problem !== null) return problem
  }
  const context = readAttributes('context', body['context'])
  if (typeof context === 'string') return context
  const { subject, action, resource } = body
  const partialOf = (value: unknown): JsonObject | null =>
    completeEntities && isObject(value) ? value : null
  const defaults: Defaults = {
    // Frozen, so that the roles of a subject all evaluations share are worked out once.
    subject: { partial: partialOf(subject), entity: Object.freeze(readEntity('subject', subject)) },
    action: { partial: partialOf(action), entity: readAction(action) },
    resource: { partial: partialOf(resource), entity: readEntity('resource', resource) },
    context,
  }
  return { semantic, items: items as readonly unknown[], defaults }
}

/**
 * One item with the defaults behind it. An entity in the item replaces the default as a whole;
 * where it lacks a required member, only that member is taken from the default, never properties.
 */
export function readItem(
  item: unknown,
  defaults: Defaults,
  timeMs: number,
): AccessRequest | Problem {
  if (!isObject(item)) return 'The evaluation is not an object'
  const subject = isPresent(item['subject'])
    ? readEntity('subject', filled(item['subject'], defaults.subject.partial))
    : defaults.subject.entity
  if (typeof subject === 'string') return subject
  const action = isPresent(item['action'])
    ? readAction(filled(item['action'], defaults.action.partial))
    : defaults.action.entity
  if (typeof action === 'string') return action
  const resource = isPresent(item['resource'])
    ? readEntity('resource', filled(item['resource'], defaults.resource.partial))
    : defaults.resource.entity
  if (typeof resource === 'string') return resource
  const context = isPresent(item['context'])
    ? readAttributes('context', item['context'])
    : defaults.context
  if (typeof context === 'string') return context
  return { subject, action, resource, context, timeMs }
}

function filled(entity: unknown, partial: JsonObject | null): unknown {
  if (partial === null || !isObject(entity)) return entity
  const { type, id, name, properties } = entity
  return {
    type: type ?? partial['type'],
    id: id ?? partial['id'],
    name: name ?? partial['name'],
    properties,
  }
}

/** A default may be incomplete, but what it says must be of the right type. */
function findDefaultProblem(name: string, value: unknown): Problem | null {
  if (!isPresent(value)) return null
  if (!isObject(value)) return `"${name}" is not an object`
  const required = name === 'action' ? ['name'] : ['type', 'id']
  for (const member of required) {
    if (isPresent(value[member]) && typeof value[member] !== 'string') {
      return `"${name}.${member}" is not a string`
    }
  }
  const properties = value['properties']
  return isPresent(properties) && !isObject(properties)
    ? `"${name}.properties" is not an object`
    : null
}

/** The semantic, or what is wrong with it. */
function readSemantic(options: unknown): string {
  if (!isPresent(options)) return 'execute_all'
  if (!isObject(options)) return '"options" is not an object'
  const semantic = options['evaluations_semantic']
  if (!isPresent(semantic)) return 'execute_all'
  return isSemantic(semantic)
    ? semantic
    : `"options.evaluations_semantic" is none of ${evaluationsSemantics.join(', ')}`
}

function isSemantic(value: unknown): value is EvaluationsSemantic {
  return evaluationsSemantics.some((semantic) => semantic === value)
}
