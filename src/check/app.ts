import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'

import type { Log } from '../telemetry/log.ts'
import { findRequestIdProblem } from './call.ts'
import type { Evaluate } from './evaluate.ts'
import { describeDecisionPoint, evaluationPath, evaluationsPath, metadataPath } from './metadata.ts'

export type CheckApp = Hono<{ Bindings: HttpBindings }>

const metadataMaxAgeS = 300

/** The decision API: AuthZEN Authorization API 1.0, evaluation and evaluations. */
export function createCheckApp(evaluate: Evaluate, publicUrl: string, log: Log): CheckApp {
  const app: CheckApp = new Hono()

  app.use(async (c, next) => {
    await next()
    const requestId = c.req.header('X-Request-ID')
    if (requestId === undefined || c.res === RESPONSE_ALREADY_SENT) return
    if (findRequestIdProblem(requestId) === null) c.header('X-Request-ID', requestId)
  })

  app.post(evaluationPath, (c) => {
    evaluate.answer('evaluation', c.env.incoming, c.env.outgoing)
    return RESPONSE_ALREADY_SENT
  })
  app.post(evaluationsPath, (c) => {
    evaluate.answer('evaluations', c.env.incoming, c.env.outgoing)
    return RESPONSE_ALREADY_SENT
  })
  app.on('ALL', [evaluationPath, evaluationsPath], (c) =>
    c.json('Only POST is offered', 405, { Allow: 'POST' }),
  )

  const metadata = describeDecisionPoint(publicUrl)
  app.get(metadataPath(publicUrl), (c) =>
    c.json(metadata, 200, { 'Cache-Control': `public, max-age=${metadataMaxAgeS}` }),
  )

  app.notFound((c) => c.json('There is nothing here: see /.well-known/authzen-configuration', 404))
  app.onError((error, c) => {
    log.error({ err: error, path: c.req.path }, 'Cannot answer a request to the decision API')
    return c.json('Internal error', 500)
  })
  return app
}
