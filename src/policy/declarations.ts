import type { Findings } from '../source/findings.ts'
import { locate } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { compileAttributes } from './attributes.ts'
import { type Declarations, openDeclarations } from './expression-scope.ts'
import { dynType, stringType, type Type } from './expression-types.ts'
import type { AttributeSyntax, TypesSyntax } from './syntax.ts'

/** What conditions may read of whoever asks and of the circumstances, whatever the resource. */
export interface DeclaredTypes {
  readonly subject: Declarations
  readonly context: Declarations
}

/** What the gateway tells of every request. */
const gatewayContext: readonly (readonly [string, Type])[] = [
  ['method', stringType],
  ['scheme', stringType],
  ['host', stringType],
  ['path', stringType],
  ['query', stringType],
  ['client_ip', stringType],
  ['issuer', stringType],
  // Null where the token does not say how the subject signed in.
  ['acr', dynType],
  ['policy_version', stringType],
  // Absent without mutual TLS.
  [
    'client_certificate',
    {
      kind: 'object',
      name: 'context.client_certificate',
      members: new Map<string, Type>([
        ['subject', stringType],
        ['issuer', stringType],
        ['san', { kind: 'list', element: stringType }],
        ['fingerprint', stringType],
        ['serial', stringType],
      ]),
      open: false,
    },
  ],
]

/** What no file declares stays open: any attribute may be read, and none is known. */
export function compileTypes(types: readonly TypesSyntax[], findings: Findings): DeclaredTypes {
  const subject = declarationsOf('subject', types, ['id', 'type'], findings)
  const context = declarationsOf('context', types, [], findings)
  if (!context.open) {
    const members = new Map([...gatewayContext, ...context.members])
    return { subject, context: { members, open: false } }
  }
  return { subject, context }
}

function declarationsOf(
  owner: 'subject' | 'context',
  types: readonly TypesSyntax[],
  fixed: readonly string[],
  findings: Findings,
): Declarations {
  const lists = types.map((each) => each[owner]).filter((each) => each !== null)
  if (lists.length === 0) return openDeclarations
  const attributes = lists.flat()
  refuseRepeated(owner, attributes, findings)
  return { members: compileAttributes(attributes, owner, fixed, findings), open: false }
}

function refuseRepeated(
  owner: string,
  attributes: readonly AttributeSyntax[],
  findings: Findings,
): void {
  const first = new Map<string, AttributeSyntax>()
  for (const attribute of attributes) {
    const known = first.get(attribute.name)
    if (known === undefined) {
      first.set(attribute.name, attribute)
      continue
    }
    findings.errorAtKey(attribute.type, {
      code: 'duplicate-attribute',
      message: `attribute ${quote(`${owner}.${attribute.name}`)} is declared twice, first at ${locate(known.type, 'key')}`,
      hint: 'keep one of them',
    })
  }
}
