export const evaluationPath = '/access/v1/evaluation'
export const evaluationsPath = '/access/v1/evaluations'
const wellKnownPath = '/.well-known/authzen-configuration'

/** AuthZEN section "Policy Decision Point Metadata". What does not exist is left out. */
export interface Metadata {
  readonly policy_decision_point: string
  readonly access_evaluation_endpoint: string
  readonly access_evaluations_endpoint: string
}

export function describeDecisionPoint(publicUrl: string): Metadata {
  const base = publicUrl.replace(/\/+$/, '')
  return {
    policy_decision_point: base,
    access_evaluation_endpoint: `${base}${evaluationPath}`,
    access_evaluations_endpoint: `${base}${evaluationsPath}`,
  }
}

/** The well-known part goes between host and path of the identifier (RFC 8615 style). */
export function metadataPath(publicUrl: string): string {
  const { pathname } = new URL(publicUrl)
  return pathname === '/' ? wellKnownPath : `${wellKnownPath}${pathname.replace(/\/+$/, '')}`
}
