import type { RouteAuthentication } from '../model/authentication.ts'
import type { RateLimits } from '../model/rate-limit.ts'
import type { RouteFrame } from './route-frame.ts'

/** A value of the access request that a route takes from the HTTP request. */
export type RouteValue =
  /** A path parameter, by position: the common case, read without evaluating anything. */
  | { readonly kind: 'parameter'; readonly index: number }
  | { readonly kind: 'constant'; readonly value: string }
  /** Pure and total: a JSON-like value, or why there is none. */
  | { readonly kind: 'expression'; readonly evaluate: (frame: RouteFrame) => unknown }

/** Why a route value has no value; no JSON can be mistaken for one. */
export class RouteValueFailure {
  readonly message: string

  constructor(message: string) {
    this.message = message
  }
}

/** One route, checked by the policy compiler: the template is well formed, the names are declared. */
export interface RouteSpec {
  /** `GET expenses.example.com/expenses/{id}`; without a host `GET /expenses/{id}`. Unique. */
  readonly id: string
  /** Lower case; `*.example.com` stands for every name below; null for every host not named. */
  readonly host: string | null
  /** Upper case, or `ANY`. */
  readonly method: string
  /** `/expenses/{id}`, `/files/{path...}`; literals as they stand in a normalised path. */
  readonly template: string
  /** Names of the template's parameters, in order. */
  readonly parameters: readonly string[]
  /** Origin: scheme, host and port. */
  readonly upstream: string
  /** `aud` of the identity token sent to the upstream. */
  readonly audience: string
  readonly resourceType: string
  /** Without it the default: whoever asks has no say in it. */
  readonly policyVersion?: string
  /** Of the resource; without it the root. */
  readonly scope?: RouteValue
  readonly action: string
  /** Null: the route is about no particular resource, and its id is empty. */
  readonly resourceId: RouteValue | null
  readonly properties: readonly (readonly [name: string, value: RouteValue])[]
  /** Query parameters the values read: each may be given once; null: any of them may be read. */
  readonly queryNames: readonly string[] | null
  /** Protocols a request may switch its connection to, lower case; absent: none. */
  readonly upgrades?: readonly string[]
  /** Absent: every request needs a credential, of any kind. */
  readonly authentication?: RouteAuthentication
  /** How many requests it takes of whom; absent: any number. */
  readonly limits?: RateLimits
  /** The client's own token goes on to the upstream; absent: never. */
  readonly passToken?: boolean
  /** Whether plain identity fields go with the identity token; absent: as the configuration says. */
  readonly identityHeaders?: boolean
  /** `file:line:column`. */
  readonly location: string
}

export type TemplateSegment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'tail'; readonly name: string }

export function templateSegments(template: string): readonly TemplateSegment[] {
  return template
    .slice(1)
    .split('/')
    .map((text) => {
      if (!text.startsWith('{')) return { kind: 'literal', text }
      if (text.endsWith('...}')) return { kind: 'tail', name: text.slice(1, -4) }
      return { kind: 'parameter', name: text.slice(1, -1) }
    })
}
