import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSigningKey, type SigningKey } from '../authenticate/signing-key.ts'
import { type IssuerServer, startIssuerServer } from '../issuers/issuer-server.ts'
import { ask, type Reply } from '../support/ask.ts'
import { type Sallyport, startSallyport } from '../support/sallyport.ts'
import { until } from '../support/until.ts'
import { startUpstream, type Upstream } from '../support/upstream.ts'

const policy = `resource: file
actions: [view, edit]
rules:
  - { id: staff-view, permit: [view], roles: [staff] }
  - id: staff-edit
    permit: [edit]
    roles: [staff]
    require: { acr: [mfa, phr], max_age: 15m }
  - { id: never-the-vault, deny: [edit], when: 'resource.id == "vault"' }
`
const challenge =
  'Bearer error="insufficient_user_authentication", ' +
  'error_description="A stronger or more recent sign-in is required", ' +
  'acr_values="mfa phr", max_age="900"'

let key: SigningKey
let issuer: IssuerServer
let upstream: Upstream
let sallyport: Sallyport

beforeAll(async () => {
  key = await createSigningKey('one')
  issuer = await startIssuerServer([key.publicJwk])
  upstream = await startUpstream((_, res) => res.end('in'))
  sallyport = await startSallyport({
    upstream: upstream.origin,
    config: { issuers: [{ issuer: issuer.issuer, audiences: ['api'] }] },
  })
  await until('readiness', async () => (await ask(sallyport.operations, '/readyz')).status === 200)
  await writeFile(join(sallyport.policiesDir, 'file.yaml'), policy)
  await sallyport.logged('Policies changed')
})
afterAll(async () => {
  await sallyport.remove()
  await upstream.close()
  await issuer.close()
})

interface SignIn {
  readonly acr?: string
  readonly agoS?: number
  readonly groups?: readonly string[]
}

async function edit(id: string, { acr, agoS, groups = ['staff'] }: SignIn): Promise<Reply> {
  const nowS = Math.floor(Date.now() / 1_000)
  const token = await key.sign(
    {},
    {
      iss: issuer.issuer,
      aud: 'api',
      sub: 'alice',
      groups,
      iat: nowS,
      exp: nowS + 600,
      ...(acr === undefined ? {} : { acr }),
      ...(agoS === undefined ? {} : { auth_time: nowS - agoS }),
    },
  )
  const headers = { authorization: `Bearer ${token}` }
  return ask(sallyport.gateway, `/files/${id}`, { method: 'PUT', headers, body: 'x' })
}

describe('a permit that requires a better sign-in', () => {
  it.each<[string, SignIn]>([
    ['is weaker', { acr: 'pwd', agoS: 10 }],
    ['is of no known strength', { agoS: 10 }],
    ['is too long ago', { acr: 'mfa', agoS: 901 }],
    ['was at no known time', { acr: 'mfa' }],
    ['only begins like it', { acr: 'mfa-not', agoS: 10 }],
  ])('tells how to sign in where the sign-in %s', async (_, signIn) => {
    const seen = upstream.seen.length
    const reply = await edit('a', signIn)
    expect(reply.status).toBe(401)
    expect(reply.headers['www-authenticate']).toBe(
      `${challenge}, resource_metadata="${sallyport.gateway}/.well-known/oauth-protected-resource"`,
    )
    expect(reply.headers['cache-control']).toBe('no-store')
    expect(reply.json()).toMatchObject({ code: 'step_up_required', status: 401 })
    expect(upstream.seen).toHaveLength(seen)
    expect(await sallyport.recordOf(String(reply.headers['sallyport-decision']))).toMatchObject({
      effect: 'deny',
      reason: 'step_up_required',
      rules: ['file/staff-edit'],
      outcome: { kind: 'denied', status: 401 },
    })
  })

  it.each<[string, SignIn]>([
    ['as strong', { acr: 'mfa', agoS: 890 }],
    ['stronger', { acr: 'phr', agoS: 0 }],
  ])('lets a request through whose sign-in is %s', async (_, signIn) => {
    expect(await edit('a', signIn)).toMatchObject({ status: 200, text: 'in' })
  })

  it('asks nobody to sign in again whom no sign-in would help', async () => {
    for (const [id, groups] of [
      ['vault', ['staff']],
      ['a', []],
    ] as const) {
      const reply = await edit(id, { acr: 'pwd', agoS: 10, groups })
      expect(reply.status).toBe(403)
      expect(reply.headers).not.toHaveProperty('www-authenticate')
    }
  })
})
