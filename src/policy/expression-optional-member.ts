import { conformer } from './expression-conform.ts'
import { type Node, node } from './expression-node.ts'
import { type Type, optionalOf } from './expression-types.ts'
import { CelFailure, CelOptional, isMap, kindOf, mapGet } from './expression-values.ts'

/** The member of something that may itself be an optional. */
export function readOptional<Frame>(operand: Node<Frame>, field: string, type: Type): Node<Frame> {
  const { run } = operand
  const conform = conformer(type, `"${field}"`)
  return node(optionalOf(type), (frame) => {
    const value = run(frame)
    if (value instanceof CelFailure) return value
    const found = optionalMember(value, field)
    if (conform === null || found instanceof CelFailure || found.value === undefined) return found
    const conformed = conform(found.value)
    return conformed instanceof CelFailure ? conformed : new CelOptional(conformed)
  })
}

export function optionalMember(value: unknown, field: string): CelOptional | CelFailure {
  const inner = value instanceof CelOptional ? value.value : value
  if (inner === undefined) return CelOptional.none
  if (!isMap(inner)) return new CelFailure(`No members in ${kindOf(inner)}`)
  const member = mapGet(inner, field)
  return member === undefined ? CelOptional.none : new CelOptional(member)
}
