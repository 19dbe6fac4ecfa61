/** A finding about an expression; offsets count UTF-16 units of its text. */
export interface ExpressionError {
  readonly message: string
  readonly hint: string | null
  readonly start: number
  readonly end: number
}

export interface Span {
  readonly start: number
  readonly end: number
}

export type BinaryOperator =
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'

type LiteralValue = string | number | bigint | boolean | null | Uint8Array

/** What an expression says, apart from how it is written. */
export type Syntax =
  | LiteralSyntax
  | NameSyntax
  | SelectSyntax
  | CallSyntax
  /** `e.?f` */
  | OptionalSelectSyntax
  | (Span & { readonly kind: 'index'; readonly operand: Syntax; readonly index: Syntax })
  /** `e[?i]` */
  | (Span & { readonly kind: 'optionalIndex'; readonly operand: Syntax; readonly index: Syntax })
  /** An element, or the value of an entry, that is left out where there is none: `[?e]`. */
  | (Span & { readonly kind: 'optionalEntry'; readonly operand: Syntax })
  | (Span & { readonly kind: 'list'; readonly elements: readonly Syntax[] })
  | (Span & { readonly kind: 'map'; readonly entries: readonly (readonly [Syntax, Syntax])[] })
  | BinarySyntax
  /** Two terms or more. */
  | (Span & { readonly kind: 'and' | 'or'; readonly terms: readonly Syntax[] })
  | (Span & { readonly kind: 'not'; readonly operand: Syntax })
  | (Span & { readonly kind: 'negate'; readonly operand: Syntax })
  | ConditionalSyntax

export interface LiteralSyntax extends Span {
  readonly kind: 'literal'
  readonly value: LiteralValue
  /** An integer written with the suffix `u`. */
  readonly isUnsigned: boolean
}

export interface NameSyntax extends Span {
  readonly kind: 'name'
  readonly name: string
  /** Written with a leading dot: means the scope's name, not a macro's variable. */
  readonly isAbsolute: boolean
}

export interface SelectSyntax extends Span {
  readonly kind: 'select'
  readonly operand: Syntax
  readonly field: string
  readonly fieldStart: number
}

export interface OptionalSelectSyntax extends Span {
  readonly kind: 'optionalSelect'
  readonly operand: Syntax
  readonly field: string
  readonly fieldStart: number
}

export interface CallSyntax extends Span {
  readonly kind: 'call'
  readonly name: string
  /** Null: a plain function. */
  readonly target: Syntax | null
  readonly args: readonly Syntax[]
}

export interface BinarySyntax extends Span {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly left: Syntax
  readonly right: Syntax
}

export interface ConditionalSyntax extends Span {
  readonly kind: 'conditional'
  readonly condition: Syntax
  readonly consequent: Syntax
  readonly alternate: Syntax
}
