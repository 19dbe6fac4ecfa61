import { quote } from './json-string.ts'
import { isSecretName, redactedMark } from './redact.ts'
import { RepeatedField } from './repeated-field.ts'

const maxDepth = 32
const knownMembersKept = 2_048
const longestMemberKept = 64

interface Member {
  /** `"name":` */
  readonly prefix: string
  readonly secret: boolean
  /** With a text as its value, as the first member of an object, and behind others. */
  readonly first: RepeatedField
  readonly next: RepeatedField
}

const knownMembers = new Map<string, Member>()

/** Thrown away with the value when a value needs more characters than its budget. */
export class JsonBudget {
  #left: number

  constructor(characters: number) {
    this.#left = characters
  }

  get isSpent(): boolean {
    return this.#left < 0
  }

  holds(characters: number): boolean {
    return characters <= this.#left
  }

  spend(characters: number): void {
    this.#left -= characters
  }
}

/**
 * JSON of a value from a token or a caller, members with secret-looking names redacted. Stops early
 * once the budget is spent: the text is then worthless.
 */
export function writeValue(value: unknown, budget: JsonBudget, depth = 0): string {
  switch (typeof value) {
    case 'string': {
      // Redacting may shorten a text, but one this long is not read for the sake of that.
      if (!budget.holds(value.length)) {
        budget.spend(value.length)
        return '""'
      }
      const text = quote(value)
      budget.spend(text.length)
      return text
    }
    case 'number':
      budget.spend(8)
      return Number.isFinite(value) ? String(value) : 'null'
    case 'boolean':
      budget.spend(4)
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if (depth >= maxDepth) return '"[too deep]"'
      return Array.isArray(value)
        ? writeList(value, budget, depth)
        : writeObject(value as Record<string, unknown>, budget, null, depth)
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
    default:
      return 'null'
  }
}

function writeList(list: readonly unknown[], budget: JsonBudget, depth: number): string {
  let text = '['
  for (const item of list) {
    if (budget.isSpent) break
    budget.spend(1)
    text += text.length === 1 ? '' : ','
    text += writeValue(item, budget, depth + 1)
  }
  return `${text}]`
}

/** As `writeValue`, all but the member that is named. */
export function writeObject(
  object: Readonly<Record<string, unknown>>,
  budget: JsonBudget,
  without: string | null,
  depth = 0,
): string {
  let text = '{'
  for (const name of Object.keys(object)) {
    if (name === without) continue
    if (!budget.holds(name.length)) {
      budget.spend(name.length)
      break
    }
    const member = memberNamed(name)
    const value = object[name]
    const isFirst = text.length === 1
    if (typeof value === 'string' && !member.secret && budget.holds(value.length)) {
      const piece = (isFirst ? member.first : member.next).write(value)
      budget.spend(piece.length)
      text += piece
      continue
    }
    budget.spend(member.prefix.length)
    text += isFirst ? member.prefix : `,${member.prefix}`
    text += member.secret ? `"${redactedMark}"` : writeValue(value, budget, depth + 1)
  }
  return `${text}}`
}

/** JSON of an object whose every value is redacted: the names alone are kept. */
export function writeNames(value: unknown, budget: JsonBudget): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return `"${redactedMark}"`
  }
  let text = '{'
  for (const name of Object.keys(value)) {
    if (budget.isSpent) break
    const { prefix } = memberNamed(name)
    budget.spend(prefix.length)
    text += `${text.length > 1 ? ',' : ''}${prefix}"${redactedMark}"`
  }
  return `${text}}`
}

function memberNamed(name: string): Member {
  const known = knownMembers.get(name)
  if (known !== undefined) return known
  const prefix = `${quote(name)}:`
  const member = {
    prefix,
    secret: isSecretName(name),
    first: new RepeatedField(prefix),
    next: new RepeatedField(`,${prefix}`),
  }
  if (name.length <= longestMemberKept) {
    // Names come from callers too: full of unknown names, start anew rather than grow.
    if (knownMembers.size >= knownMembersKept) knownMembers.clear()
    knownMembers.set(name, member)
  }
  return member
}
