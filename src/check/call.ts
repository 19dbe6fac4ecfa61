/** What the header of a call to the decision API says, read in one pass. */
export interface Call {
  readonly contentType: string | null
  readonly contentEncoding: string | null
  readonly contentLength: number
  readonly host: string | undefined
  readonly authorization: string | null
  readonly authorizationCount: number
  /** To be sent back as it is (AuthZEN section "Request Identification"). */
  readonly requestId: string | null
  /** `Sallyport-Explain: true`: decisions come with their reason. */
  readonly explains: boolean
}

const longestRequestId = 1_024
const sendable = /^[\t\x20-\x7e\x80-\xff]*$/

export function readCall(rawHeaders: readonly string[]): Call {
  let contentType = null
  let contentEncoding = null
  let contentLength = 0
  let host
  let authorization = null
  let authorizationCount = 0
  let requestId = null
  let explains = false
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const value = rawHeaders[at + 1] ?? ''
    switch ((rawHeaders[at] ?? '').toLowerCase()) {
      case 'content-type':
        contentType = value
        break
      case 'content-encoding':
        contentEncoding = value
        break
      case 'content-length':
        contentLength = Number(value)
        break
      case 'host':
        host = value
        break
      case 'authorization':
        authorization = value
        authorizationCount += 1
        break
      case 'x-request-id':
        requestId = value
        break
      case 'sallyport-explain':
        explains = value.toLowerCase() === 'true'
        break
      default:
    }
  }
  return {
    contentType,
    contentEncoding,
    contentLength,
    host,
    authorization,
    authorizationCount,
    requestId,
    explains,
  }
}

/** Why the id cannot be sent back, or null. */
export function findRequestIdProblem(requestId: string): string | null {
  if (requestId.length > longestRequestId) {
    return `X-Request-ID is longer than ${longestRequestId} characters`
  }
  return sendable.test(requestId) ? null : 'X-Request-ID has control characters'
}

const utf8 = /^application\/json\s*;\s*charset\s*=\s*"?utf-8"?\s*;?\s*$/i

export function isJsonType(contentType: string | null): boolean {
  if (contentType === 'application/json') return true
  if (contentType === null) return false
  const lower = contentType.trim().toLowerCase()
  return lower === 'application/json' || utf8.test(lower)
}
