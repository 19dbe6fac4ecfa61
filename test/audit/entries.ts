import type { RecordEntry } from '../../src/audit/record.ts'
import type { Decision } from '../../src/model/decision.ts'
import type { Identity } from '../../src/model/identity.ts'
import type { RequestFacts } from '../../src/model/request-facts.ts'

export const timeMs = Date.UTC(2026, 0, 2, 3, 4, 5, 6)

export const identity: Identity = Object.freeze({
  subject: { type: 'user', id: 'alice', properties: { department: 'accounting' } },
  issuer: 'https://id.example.test',
  credential: 'bearer',
  confirmation: null,
  tokenId: 'token-1',
  sessionId: null,
  issuedAtS: 1,
  expiresAtS: 2,
  acr: null,
  claims: {},
})

export const facts: RequestFacts = {
  id: 'd-1',
  requestId: 'client-chosen',
  receivedAtMs: timeMs,
  startedAtMs: 1,
  method: 'GET',
  scheme: 'http',
  host: 'expenses.localhost',
  authority: 'expenses.localhost:8080',
  path: '/expenses/12',
  query: 'access_token=in-the-query',
  rawHeaders: ['Authorization', 'Bearer in-the-header', 'Cookie', 'session=in-the-cookie'],
  authorization: 'Bearer in-the-header',
  authorizationCount: 1,
  dpop: null,
  dpopCount: 0,
  apiKey: null,
  apiKeyCount: 0,
  client: { ip: '192.0.2.7', peerIp: '127.0.0.1', viaTrustedProxy: true },
  hasBody: false,
  contentLength: null,
}

export const permit: Decision = {
  effect: 'permit',
  reason: 'permitted_by_rule',
  rules: ['expense/own'],
  errors: [],
  obligations: [],
  policyDigest: 'sha256:abc',
}

export const gatewayEntry: RecordEntry = {
  source: 'gateway',
  id: 'd-1',
  timeMs,
  facts,
  requestId: null,
  clientIp: null,
  identity,
  caller: null,
  route: 'expenses GET /expenses/{id}',
  request: {
    subject: identity.subject,
    action: { name: 'view', properties: {} },
    resource: { type: 'expense', id: '12', properties: {} },
    context: { method: 'GET', path: '/expenses/12' },
    timeMs,
  },
  decision: permit,
  refusal: null,
  outcome: { kind: 'forwarded', status: 200, upstream: 'http://127.0.0.1:9500' },
  generation: 3,
  policyDigest: 'sha256:abc',
  decideMs: 0.0021,
  totalMs: 12.3456,
}

export const checkEntry: RecordEntry = {
  ...gatewayEntry,
  source: 'check',
  facts: null,
  requestId: 'call-1',
  clientIp: '127.0.0.1',
  identity: null,
  caller: 'orders-service',
  route: null,
  outcome: { kind: 'answered', status: 200 },
}
