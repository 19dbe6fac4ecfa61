/** What a request can prove who sent it with; on a route, under `credentials`. */
export const credentialKinds = ['bearer', 'dpop', 'api_key', 'client_certificate'] as const

export type CredentialKind = (typeof credentialKinds)[number]

/**
 * `required`: without a credential there is no answer. `optional`: a request without any credential
 * is anonymous; one whose credential is not accepted is refused all the same. `public`: credentials
 * are not looked at, and everybody is anonymous. All three ask the policy.
 */
export const authenticationModes = ['required', 'optional', 'public'] as const

export type AuthenticationMode = (typeof authenticationModes)[number]

/** What a route asks of those who use it. */
export interface RouteAuthentication {
  readonly mode: AuthenticationMode
  /** Null: every kind for which there is a method. */
  readonly credentials: readonly CredentialKind[] | null
}

/** Where nothing is said. */
export const requiredAuthentication: RouteAuthentication = Object.freeze({
  mode: 'required',
  credentials: null,
})
