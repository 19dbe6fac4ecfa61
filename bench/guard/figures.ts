import { type Order, type RequestParts, writeRequest } from '../load/generator.ts'
import { claims, deniedPath, permittedPath } from '../gateways/setting.ts'

/** One kind of request whose processor time is compared. */
export interface LoadFigure {
  readonly name: string
  readonly to: 'gateway' | 'check'
  readonly request: RequestParts
  readonly expectStatus: number
  readonly reconnects?: boolean
  readonly connections?: number
  /** A longer turn, where there are few requests in one. */
  readonly sliceMs?: number
}

export const evaluation = {
  subject: { type: 'user', id: 'bench', properties: { ...claims } },
  action: { name: 'view' },
  resource: { type: 'document', id: '42', properties: { department: 'finance' } },
  context: { channel: 'bench', reference: '0123456789' },
}

export const evaluationRequest: RequestParts = {
  method: 'POST',
  path: '/access/v1/evaluation',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(evaluation),
}

export const batchSize = 100

export const batchRequest: RequestParts = {
  method: 'POST',
  path: '/access/v1/evaluations',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({
    subject: evaluation.subject,
    action: evaluation.action,
    context: evaluation.context,
    evaluations: Array.from({ length: batchSize }, (_, at) => ({
      resource: { ...evaluation.resource, id: String(at) },
    })),
  }),
}

export function listFigures(token: string): readonly LoadFigure[] {
  const headers = { Authorization: `Bearer ${token}` }
  const permitted = { method: 'GET', path: permittedPath, headers }
  const denied = { method: 'GET', path: deniedPath, headers }
  return [
    { name: 'gateway: permit', to: 'gateway', request: permitted, expectStatus: 200 },
    { name: 'gateway: deny', to: 'gateway', request: denied, expectStatus: 403 },
    {
      name: 'gateway: no token',
      to: 'gateway',
      request: { method: 'GET', path: permittedPath },
      expectStatus: 401,
    },
    {
      name: 'gateway: a new connection',
      to: 'gateway',
      request: { ...permitted, headers: { ...headers, Connection: 'close' } },
      expectStatus: 200,
      reconnects: true,
    },
    { name: 'check: one evaluation', to: 'check', request: evaluationRequest, expectStatus: 200 },
    {
      name: `check: ${batchSize} evaluations`,
      to: 'check',
      request: batchRequest,
      expectStatus: 200,
      connections: 8,
      sliceMs: 250,
    },
  ]
}

export function orderOf(figure: LoadFigure, port: number, durationMs: number): Order {
  return {
    port,
    request: writeRequest(figure.request),
    connections: figure.connections ?? 32,
    durationMs,
    expectStatus: figure.expectStatus,
    ...(figure.reconnects === true ? { reconnects: true } : {}),
  }
}
