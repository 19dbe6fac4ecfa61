import { suggest } from '../source/suggest.ts'
import { type CompileContext, type Node, node } from './expression-node.ts'
import type { KnownValues } from './expression-scope.ts'
import type { Syntax } from './expression-syntax.ts'
import { stringType } from './expression-types.ts'

/** A member of which all values may be known. */
export function knownNode<Frame>(
  read: (frame: Frame) => string,
  known: KnownValues | undefined,
): Node<Frame> {
  const fixed = node(stringType, read)
  return known === undefined ? fixed : { ...fixed, known }
}

/** A constant that the other side can never be: `action.name == "veiw"`. */
export function checkKnown<Frame>(
  context: CompileContext<Frame>,
  { known }: Node<Frame>,
  { constant }: Node<Frame>,
  syntax: Syntax,
): void {
  if (known === undefined || constant === null) return
  const { value } = constant
  if (typeof value === 'string') return checkValue(context, known, value, syntax)
  if (!Array.isArray(value)) return
  const elements = syntax.kind === 'list' ? syntax.elements : []
  for (const [at, each] of (value as readonly unknown[]).entries()) {
    if (typeof each === 'string') checkValue(context, known, each, elements[at] ?? syntax)
  }
}

function checkValue<Frame>(
  context: CompileContext<Frame>,
  { describe, values, what }: NonNullable<Node<Frame>['known']>,
  value: string,
  syntax: Syntax,
): void {
  if (values.has(value)) return
  context.report(syntax, describe(value), suggest(value, values, `known ${what}s`))
}
