import { variableName } from './expression-macro-variables.ts'
import { type CompileContext, type Local, type Node, node } from './expression-node.ts'
import type { CallSyntax, Syntax } from './expression-syntax.ts'

interface Binding<Frame> {
  readonly local: Local
  readonly run: (frame: Frame) => unknown
}

/**
 * `cel.bind(name, value, body)` and `cel.block([value, …], body)`, whose values are
 * `cel.index(0)` and so on. Null: it is neither.
 */
export function compileBinding<Frame>(
  context: CompileContext<Frame>,
  syntax: CallSyntax,
  name: string,
): Node<Frame> | null {
  if (name === 'cel.bind') return compileBind(context, syntax)
  return name === 'cel.block' ? compileBlock(context, syntax) : null
}

function compileBind<Frame>(context: CompileContext<Frame>, syntax: CallSyntax): Node<Frame> {
  const [variable, value, body] = syntax.args
  if (variable === undefined || value === undefined || body === undefined) {
    return context.report(syntax, '"cel.bind" needs a name, a value and an expression')
  }
  const name = variableName(variable)
  if (name === null) return context.report(variable, 'Expected the name of a variable')
  return compileBound(context, [[name, value]], body)
}

function compileBlock<Frame>(context: CompileContext<Frame>, syntax: CallSyntax): Node<Frame> {
  const [values, body] = syntax.args
  if (values?.kind !== 'list' || body === undefined) {
    return context.report(syntax, '"cel.block" needs a list and an expression')
  }
  const named = values.elements.map((value, at) => [`cel_index_${at}_`, value] as const)
  return compileBound(context, named, body)
}

function compileBound<Frame>(
  context: CompileContext<Frame>,
  values: readonly (readonly [name: string, value: Syntax])[],
  body: Syntax,
): Node<Frame> {
  const locals = new Map(context.locals)
  const bindings: Binding<Frame>[] = []
  for (const [name, value] of values) {
    const { type, run } = context.compileWith(new Map(locals), value)
    const local: Local = { cell: { value: undefined }, type }
    locals.set(name, local)
    bindings.push({ local, run })
  }
  const { type, run } = context.compileWith(locals, body)
  return node(type, (frame) => {
    // A failure is kept as well: it is the body's business whether the value is needed.
    for (const { local, run: read } of bindings) local.cell.value = read(frame)
    const result = run(frame)
    for (const { local } of bindings) local.cell.value = undefined
    return result
  })
}
