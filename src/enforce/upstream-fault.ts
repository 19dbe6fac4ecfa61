import { Fault, type FaultCode } from '../model/fault.ts'

export interface FaultCircumstances {
  readonly origin: string
  /** The request was being written to a connection, or had been. */
  readonly started: boolean
}

/** What an error of the HTTP client says about the upstream. */
export function upstreamFault(cause: Error, { origin, started }: FaultCircumstances): Fault {
  const code = faultCodeOf(cause, started)
  return new Fault(code, `${origin}: ${cause.message}`, { cause })
}

function faultCodeOf(cause: Error, started: boolean): FaultCode {
  const { code = '' } = cause as NodeJS.ErrnoException
  switch (code) {
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return 'ERR_UPSTREAM_TIMEOUT'
    case 'UND_ERR_HEADERS_OVERFLOW':
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return 'ERR_UPSTREAM_PROTOCOL'
    case 'UND_ERR_INVALID_ARG':
    case 'UND_ERR_NOT_SUPPORTED':
      return 'ERR_INTERNAL'
    case 'UND_ERR_SOCKET':
      // Bytes that are no answer to anything asked.
      return /^bad (?:response|upgrade)$/.test(cause.message)
        ? 'ERR_UPSTREAM_PROTOCOL'
        : startedOr(started)
    default:
      if (cause.name === 'HTTPParserError') return 'ERR_UPSTREAM_PROTOCOL'
      // Node's own checks of what the upstream wants to have in our response.
      if (code.startsWith('ERR_INVALID_') || code.startsWith('ERR_HTTP_')) {
        return 'ERR_UPSTREAM_PROTOCOL'
      }
      return startedOr(started)
  }
}

function startedOr(started: boolean): FaultCode {
  return started ? 'ERR_UPSTREAM_RESET' : 'ERR_UPSTREAM_CONNECT'
}
