/**
 * Of one hop only (RFC 9110 section 7.6.1), in requests and in answers alike: never handed on. Where
 * one of them belongs on the next hop it is written anew.
 */
export const hopFields = [
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-authentication-info',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
] as const
