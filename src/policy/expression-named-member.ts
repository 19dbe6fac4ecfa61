import { objectVariable } from './expression-members.ts'
import type { CompileContext } from './expression-node.ts'
import type { SelectSyntax, Syntax } from './expression-syntax.ts'

/**
 * `resource["owner"]` as `resource.owner`, so that the name is checked and the value is of its
 * declared type either way. Null: it is no attribute written out.
 */
export function namedMember<Frame>(
  context: CompileContext<Frame>,
  operand: Syntax,
  key: Syntax,
  { end }: Syntax,
): SelectSyntax | null {
  if (!context.isChecked || key.kind !== 'literal' || typeof key.value !== 'string') return null
  const variable = objectVariable(context, operand)
  if (variable === null || (variable.type.open && !variable.fixed.has(key.value))) return null
  return {
    kind: 'select',
    operand,
    field: key.value,
    start: operand.start,
    end,
    fieldStart: key.start,
  }
}
