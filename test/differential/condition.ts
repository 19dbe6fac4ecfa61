/** Conditions as trees, so that each engine's text can be printed from them and parts cut away. */
export type Condition =
  | { readonly kind: 'constant'; readonly value: boolean }
  | {
      readonly kind: 'compare'
      readonly operator: '==' | '!=' | '<' | '<=' | '>' | '>='
      readonly left: Operand
      readonly right: Operand
    }
  | { readonly kind: 'in'; readonly item: Operand; readonly list: Operand }
  | { readonly kind: 'both' | 'either'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'choice'; readonly parts: readonly [Condition, Condition, Condition] }
  | { readonly kind: 'has'; readonly attribute: Attribute }
  | {
      readonly kind: 'text'
      readonly method: 'startsWith' | 'endsWith' | 'contains' | 'matches'
      readonly target: Operand
      readonly text: string
    }
  | {
      readonly kind: 'quantifier'
      readonly macro: 'exists' | 'all' | 'exists_one'
      readonly list: Operand
      readonly body: Condition
    }

export interface Attribute {
  readonly kind: 'attribute'
  readonly of: 'subject' | 'resource' | 'context'
  /** More than one: members of members. */
  readonly path: readonly [string, ...string[]]
}

export type Operand =
  | Attribute
  | { readonly kind: 'id'; readonly of: 'subject' | 'resource' }
  | { readonly kind: 'literal'; readonly value: Literal }
  /** The variable of the quantifier around it. */
  | { readonly kind: 'item' }
  | { readonly kind: 'size'; readonly of: Operand }
  | { readonly kind: 'element'; readonly list: Operand; readonly at: number }
  | {
      readonly kind: 'arithmetic'
      readonly operator: '+' | '-' | '*' | '/' | '%'
      readonly left: Operand
      readonly right: Operand
    }
  | {
      readonly kind: 'convert'
      readonly to: 'int' | 'double' | 'string' | 'timestamp' | 'duration'
      readonly value: Operand
    }
  | {
      readonly kind: 'derived'
      readonly macro: 'filter' | 'map'
      readonly list: Operand
      readonly body: Condition | Operand
    }
  | { readonly kind: 'accessor'; readonly of: Operand; readonly name: string }

export type Literal =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'int' | 'double'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'null' }
  | { readonly type: 'list'; readonly items: readonly Literal[] }
  | { readonly type: 'map'; readonly entries: readonly (readonly [string, Literal])[] }

export function text(value: string): Operand {
  return { kind: 'literal', value: { type: 'text', value } }
}

/** Every condition that is this one with something left out, for cutting a finding down. */
export function simpler(condition: Condition): readonly Condition[] {
  switch (condition.kind) {
    case 'both':
    case 'either': {
      const { kind, parts } = condition
      const without = parts.map((_, at) => parts.filter((_part, other) => other !== at))
      const shorter = without.filter((left) => left.length > 1)
      return [
        ...parts,
        ...shorter.map((left): Condition => ({ kind, parts: left })),
        ...inside(parts, (changed) => ({ kind, parts: changed })),
      ]
    }
    case 'not':
      return [
        condition.part,
        ...simpler(condition.part).map((part): Condition => ({ kind: 'not', part })),
      ]
    case 'choice': {
      const { parts } = condition
      return [
        ...parts,
        ...inside(parts, ([first, second, third]) =>
          first === undefined || second === undefined || third === undefined
            ? condition
            : { kind: 'choice', parts: [first, second, third] },
        ),
      ]
    }
    case 'constant':
    case 'compare':
    case 'in':
    case 'has':
    case 'text':
    case 'quantifier':
      return []
    default:
      return condition satisfies never
  }
}

function inside(
  parts: readonly Condition[],
  rebuild: (changed: readonly Condition[]) => Condition,
): readonly Condition[] {
  return parts.flatMap((part, at) =>
    simpler(part).map((changed) => rebuild(parts.with(at, changed))),
  )
}
