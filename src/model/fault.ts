export const faultCodes = [
  'ERR_UPSTREAM_CONNECT',
  'ERR_UPSTREAM_TIMEOUT',
  'ERR_UPSTREAM_PROTOCOL',
  'ERR_UPSTREAM_RESET',
  'ERR_ISSUER_UNAVAILABLE',
  'ERR_TOKEN_EXCHANGE_REFUSED',
  'ERR_TOKEN_EXCHANGE_UNAVAILABLE',
  'ERR_LISTEN',
  'ERR_READ',
  'ERR_WRITE',
  'ERR_INTERNAL',
] as const

export type FaultCode = (typeof faultCodes)[number]

/** The world failed. Each fault is handled in one place per stage, and never becomes a permit. */
export class Fault extends Error {
  readonly code: FaultCode

  constructor(code: FaultCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Fault'
    this.code = code
  }
}
