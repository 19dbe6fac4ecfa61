import { hopFields } from './hop-fields.ts'

/** What becomes of a client's header field on its way to the upstream, by its name. */
export const fieldFate = {
  kept: 0,
  removed: 1,
  connection: 2,
  forwardedFor: 3,
  forwarded: 4,
  /** Says where the request came from: believed only of a trusted proxy. */
  vouched: 5,
  /** A credential where API keys are taken, and otherwise the application's own business. */
  apiKey: 6,
} as const

export type FieldFate = (typeof fieldFate)[keyof typeof fieldFate]

const removedNames = new Set([
  ...hopFields,
  'http2-settings',
  // Written anew for the next hop.
  'expect',
  'host',
  'content-length',
  'x-request-id',
  'x-forwarded-proto',
  'x-forwarded-host',
  // The credential was for this gateway: an upstream must not be able to use it elsewhere.
  'authorization',
  'dpop',
  // CGI turns it into HTTP_PROXY.
  'proxy',
  // A second path beside the one that was decided on.
  'x-original-url',
  'x-original-uri',
  'x-rewrite-url',
  'x-override-url',
  'x-forwarded-uri',
  'x-forwarded-path',
  'x-forwarded-method',
  'x-original-method',
  'x-original-host',
  'x-host',
  'x-forwarded-server',
  'x-http-host-override',
  'x-http-destinationurl',
  'x-proxy-url',
  'proxy-host',
  'proxy-url',
  'request-uri',
  'http-url',
  // Identity as other gateways state it: upstreams that moved here may still read it.
  'x-forwarded-user',
  'x-forwarded-email',
  'x-forwarded-groups',
  'x-forwarded-preferred-username',
  'x-forwarded-access-token',
  'x-forwarded-client-cert',
  'x-forwarded-tls-client-cert',
  'x-forwarded-tls-client-cert-info',
  'x-user',
  'x-userid',
  'x-username',
  'x-role',
  'x-roles',
  'x-group',
  'x-groups',
  'x-email',
  'x-auth-user',
  'x-auth-username',
  'x-auth-email',
  'x-auth-groups',
  'x-auth-roles',
  // The gateway speaks for the client's certificate itself (RFC 9440 names the first two).
  'client-cert',
  'client-cert-chain',
  'forwarded-client-cert',
  'x-client-cert',
  'x-client-certificate',
  'x-arr-clientcert',
  'x-jwt-assertion',
  'x-ms-client-principal',
])

const removedPrefixes = [
  'sallyport-',
  'x-sallyport-',
  'x-auth-request-',
  'x-authenticated-',
  'x-user-',
  'x-remote-user',
  'x-remote-group',
  'x-remote-email',
  'x-remote-name',
  'remote-user',
  'remote-group',
  'remote-email',
  'remote-name',
  'x-authentik-',
  'x-pomerium-',
  'x-webauth-',
  'x-goog-iap-',
  'x-goog-authenticated-user-',
  'x-amzn-oidc-',
  'x-ms-client-principal-',
  'cf-access-',
  'ssl-client-',
  'x-ssl-client-',
  'x-ssl-cert',
  'x-client-cert-',
  'x-tls-client-',
  'tls-client-',
  'x-amzn-mtls-',
]

const vouchedNames = new Set([
  'x-real-ip',
  'x-client-ip',
  'client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'cf-connecting-ipv6',
  'fastly-client-ip',
  'x-cluster-client-ip',
  'x-originating-ip',
  'x-remote-ip',
  'x-remote-addr',
  'x-proxyuser-ip',
  'x-original-remote-addr',
  'x-custom-ip-authorization',
  'x-true-ip',
  'real-ip',
  'forwarded-for',
  'forwarded-for-ip',
  'x-forwarded',
  'x-forward',
  'x-forward-for',
  'x-forwarder-for',
  'x-originally-forwarded-for',
  'x-azure-clientip',
  'x-envoy-external-address',
  'x-scheme',
  'x-url-scheme',
  'front-end-https',
])
const vouchedPrefix = 'x-forwarded-'

const maxKept = 2_048
const kept = new Map<string, FieldFate>()

/** By the name as received; kept, because clients send the same few spellings again and again. */
export function fieldFateOf(name: string): FieldFate {
  const known = kept.get(name)
  if (known !== undefined) return known
  const fate = classify(name)
  // Names come from clients: start over rather than grow.
  if (kept.size >= maxKept) kept.clear()
  kept.set(name, fate)
  return fate
}

function classify(name: string): FieldFate {
  const lower = name.toLowerCase()
  if (lower === 'connection') return fieldFate.connection
  if (lower === 'x-forwarded-for') return fieldFate.forwardedFor
  if (lower === 'forwarded') return fieldFate.forwarded
  // Servers that turn names into variables read `X_User` and `X-User` as one.
  const dashed = lower.replaceAll(/[^a-z0-9]/g, '-')
  if (removedNames.has(dashed)) return fieldFate.removed
  if (removedPrefixes.some((prefix) => dashed.startsWith(prefix))) return fieldFate.removed
  if (dashed === 'x-api-key') return fieldFate.apiKey
  // Another spelling of what is written anew.
  if (dashed === 'connection' || dashed === 'forwarded' || dashed === 'x-forwarded-for') {
    return fieldFate.removed
  }
  if (vouchedNames.has(dashed) || dashed.startsWith(vouchedPrefix)) {
    // Proxies set these names with dashes: in another spelling they are the client's.
    return dashed === lower ? fieldFate.vouched : fieldFate.removed
  }
  return fieldFate.kept
}
