import type { AccessRequest, Subject } from '../model/access-request.ts'
import type { Attributes } from '../model/attributes.ts'
import { timestampOfMs } from './expression-time.ts'
import { type ObjectType, type Type, stringType, timestampType } from './expression-types.ts'

/** The names an expression may use, what they are declared to be and how a frame yields them. */
export interface ExpressionScope<Frame> {
  /** Scopes of one kind read every name alike, whatever they declare; null: like no other. */
  readonly kind: 'request' | 'subject' | null
  readonly variables: VariableLookup<Frame>
}

/** Undefined: no such name. */
export interface VariableLookup<Frame> {
  get(name: string): ScopeVariable<Frame> | undefined
  keys(): Iterable<string>
}

export type ScopeVariable<Frame> = ValueVariable<Frame> | ObjectVariable<Frame>

/** A variable read as one value. */
export interface ValueVariable<Frame> {
  readonly kind: 'value'
  readonly name: string
  readonly type: Type
  /** JSON-like, or a CEL value; undefined: absent. */
  readonly read: (frame: Frame) => unknown
  /** Set where an expression says what it is. */
  readonly definition?: Definition
}

interface Definition {
  /** Tells it from others of that name. */
  readonly key: string
  /** Its value where that never changes. */
  readonly constant: { readonly value: unknown } | null
}

/** A variable whose members are read one by one, without building an object. */
export interface ObjectVariable<Frame> {
  readonly kind: 'object'
  readonly name: string
  readonly type: ObjectType
  /** Members that no property can shadow: `subject.id` is the id whatever properties say. */
  readonly fixed: ReadonlyMap<string, (frame: Frame) => string>
  /** Of such members, those whose values are known ahead. */
  readonly known?: ReadonlyMap<string, KnownValues>
  /** Everything else; null: there is nothing else. */
  readonly properties: ((frame: Frame) => Attributes) | null
}

/** All that a member can ever be. */
export interface KnownValues {
  /** One of them, as a hint calls it. */
  readonly what: string
  readonly values: ReadonlySet<string>
  /** What is said about another. */
  readonly describe: (value: string) => string
}

/** Attributes by name; `open` lets undeclared ones be read as `dyn`. */
export interface Declarations {
  readonly members: ReadonlyMap<string, Type>
  readonly open: boolean
}

export const openDeclarations: Declarations = { members: new Map(), open: true }
export const noDeclarations: Declarations = { members: new Map(), open: false }

export interface ConditionDeclarations {
  readonly subject: Declarations
  readonly resource: Declarations
  readonly action: Declarations
  readonly context: Declarations
}

export const openConditionDeclarations: ConditionDeclarations = {
  subject: openDeclarations,
  resource: openDeclarations,
  action: openDeclarations,
  context: openDeclarations,
}

type StringReaders<Frame> = Readonly<Record<string, (frame: Frame) => string>>

const requestReaders = {
  subject: (request: AccessRequest) => request.subject.properties,
  resource: (request: AccessRequest) => request.resource.properties,
  action: (request: AccessRequest) => request.action.properties,
  context: (request: AccessRequest) => request.context,
}

const subjectFields: StringReaders<AccessRequest> = {
  id: (request) => request.subject.id,
  type: (request) => request.subject.type,
}

const resourceFields: StringReaders<AccessRequest> = {
  id: (request) => request.resource.id,
  type: (request) => request.resource.type,
}

const actionFields: StringReaders<AccessRequest> = { name: (request) => request.action.name }

const now = valueVariable('now', timestampType, (request: AccessRequest) =>
  timestampOfMs(request.timeMs),
)

/** For rules: `subject`, `resource`, `action`, `context` and `now`. */
export function conditionScope(declared: ConditionDeclarations): ExpressionScope<AccessRequest> {
  const { subject, resource, action, context } = requestReaders
  const variables: readonly ScopeVariable<AccessRequest>[] = [
    objectVariable('subject', declared.subject, subject, subjectFields),
    objectVariable('resource', declared.resource, resource, resourceFields),
    objectVariable('action', declared.action, action, actionFields),
    objectVariable('context', declared.context, context, {}),
    now,
  ]
  return { ...expressionScope(variables), kind: 'request' }
}

const heldProperties = (subject: Subject): Attributes => subject.properties

const heldFields: StringReaders<Subject> = {
  id: (subject) => subject.id,
  type: (subject) => subject.type,
}

/** For roles: `subject` alone, so that what it yields can be kept with the subject. */
export function roleScope(subject: Declarations): ExpressionScope<Subject> {
  const variable = objectVariable('subject', subject, heldProperties, heldFields)
  return { ...expressionScope([variable]), kind: 'subject' }
}

/** For any other frame. */
export function expressionScope<Frame>(
  variables: readonly ScopeVariable<Frame>[],
): ExpressionScope<Frame> {
  return {
    kind: null,
    variables: new Map(variables.map((variable) => [variable.name, variable])),
  }
}

export function valueVariable<Frame>(
  name: string,
  type: Type,
  read: (frame: Frame) => unknown,
): ValueVariable<Frame> {
  return { kind: 'value', name, type, read }
}

/** `fixed` members are strings of the frame itself; a declaration of the same name is ignored. */
export function objectVariable<Frame>(
  name: string,
  declared: Declarations,
  properties: ((frame: Frame) => Attributes) | null,
  fixed: Readonly<Record<string, (frame: Frame) => string>>,
): ObjectVariable<Frame> {
  const members = new Map(declared.members)
  for (const member of Object.keys(fixed)) members.set(member, stringType)
  const type: ObjectType = { kind: 'object', name, members, open: declared.open }
  return { kind: 'object', name, type, fixed: new Map(Object.entries(fixed)), properties }
}
