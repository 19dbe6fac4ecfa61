import { request } from 'node:http'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startApps } from '../../src/demo/apps.ts'
import type { Listener } from '../../src/demo/listener.ts'
import { startStandInGateway } from './stand-in-gateway.ts'
import type { MintChanges, StandInGateway } from './stand-in-gateway.ts'

let gateway: StandInGateway
let apps: Listener

beforeAll(async () => {
  gateway = await startStandInGateway()
  apps = await startApps({
    host: '127.0.0.1',
    port: 0,
    gatewayUrl: gateway.url,
    identityIssuer: 'sallyport',
    // Nobody answers there: what a page would offer is then not offered.
    checkUrl: 'http://127.0.0.1:1',
    checkKey: 'key',
  })
})

afterAll(async () => {
  await apps.close()
  await gateway.close()
})

interface Asked {
  readonly status: number
  readonly text: string
  readonly location: string | undefined
}

interface Asking extends MintChanges {
  readonly as?: string | null
  readonly audience?: string
  readonly method?: string
  readonly accept?: string
  readonly body?: string
  readonly contentType?: string
}

async function ask(host: string, path: string, asking: Asking = {}): Promise<Asked> {
  const audience =
    asking.audience ?? (host === 'git.localhost' ? 'source-repository' : 'accounting')
  const { as = 'amara' } = asking
  const token = as === null ? null : await gateway.mint(as, audience, asking)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: apps.port,
        path,
        method: asking.method ?? 'GET',
        headers: {
          host: `${host}:8080`,
          accept: asking.accept ?? 'application/json',
          ...(token !== null && { 'sallyport-identity': token }),
          ...(asking.body !== undefined && {
            'content-type': asking.contentType ?? 'application/json',
          }),
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(chunks).toString('utf8'),
            location: response.headers.location,
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(asking.body)
  })
}

const accounting = 'accounting.localhost'
const git = 'git.localhost'
const expense = '/departments/engineering/employees/emil/expenses/EXP-1001'

describe('the applications believe nobody but the gateway', () => {
  it.each<[string, Asking]>([
    ['without an identity token', { as: null }],
    ['with a token for the other application', { audience: 'source-repository' }],
    ['with a token of another issuer', { issuer: 'somebody' }],
    ['with an expired token', { expiresInS: -60 }],
    ['with a token signed by an unpublished key', { forged: true }],
  ])('answers 401 %s', async (_what, asking) => {
    const answer = await ask(accounting, '/invoices', asking)
    expect(answer.status).toBe(401)
    expect(answer.text).not.toContain('Northwind')
  })

  it('answers everybody on the one page that is for everybody', async () => {
    const answer = await ask(git, '/about', { as: null })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toMatchObject({ application: 'source repository' })
    for (const path of ['/about/', '/About', '/about/x', '/repositories', '//about']) {
      expect((await ask(git, path, { as: null })).status).toBe(401)
    }
    const page = await ask(git, '/about', { as: null, accept: 'text/html' })
    expect(page.text).toContain('<h1>About the source repository</h1>')
    expect(page.text).not.toContain('signature verified')
  })

  it('answers 404 to a host that is no application', async () => {
    expect((await ask('elsewhere.localhost', '/')).status).toBe(404)
  })
})

describe('accounting', () => {
  it('shows an invoice as JSON to a program and as a page to a browser', async () => {
    const forProgram = await ask(accounting, '/invoices/INV-3001')
    expect(JSON.parse(forProgram.text)).toMatchObject({ id: 'INV-3001', status: 'open' })
    const forPerson = await ask(accounting, '/invoices/INV-3001', { accept: 'text/html' })
    expect(forPerson.text).toContain('<h1>Invoice of Northwind Hosting</h1>')
    expect(forPerson.text).toContain('signature verified')
  })

  it('pays an invoice once and says who paid it', async () => {
    const paid = await ask(accounting, '/invoices/INV-3002/payment', { method: 'POST' })
    expect(JSON.parse(paid.text)).toMatchObject({ status: 'paid', paidBy: 'amara' })
    const again = await ask(accounting, '/invoices/INV-3002/payment', { method: 'POST' })
    expect(again.status).toBe(409)
  })

  it('approves an expense and shows it approved', async () => {
    const approved = await ask(accounting, `${expense}/approval`, { method: 'POST', as: 'mona' })
    expect(approved.status).toBe(200)
    const seen = await ask(accounting, expense, { as: 'mona' })
    expect(JSON.parse(seen.text)).toMatchObject({ status: 'approved', approvedBy: 'mona' })
  })

  it.each([
    '/departments/finance/employees/emil/expenses/EXP-1002',
    '/departments/engineering/employees/mona/expenses/EXP-1002',
    '/departments/engineering/employees/emil/expenses/EXP-1003',
  ])('answers 404 when the path says otherwise than the record: %s', async (path) => {
    expect((await ask(accounting, path)).status).toBe(404)
    const approval = await ask(accounting, `${path}/approval`, { method: 'POST' })
    expect(approval.status).toBe(404)
    const record = await ask(
      accounting,
      '/departments/engineering/employees/emil/expenses/EXP-1002',
    )
    expect(JSON.parse(record.text)).toMatchObject({ status: 'submitted' })
  })

  it('files an expense for an employee of the department only', async () => {
    const body = JSON.stringify({ title: 'Desk lamp', amount: 39.5 })
    const filing = { method: 'POST', body }
    const filed = await ask(accounting, '/departments/finance/employees/amara/expenses', filing)
    expect(filed.status).toBe(201)
    expect(JSON.parse(filed.text)).toMatchObject({ owner: 'amara', amount: 39.5 })
    const misfiled = await ask(accounting, '/departments/finance/employees/emil/expenses', filing)
    expect(misfiled.status).toBe(404)
  })

  it.each([{ title: '', amount: 1 }, { title: 'x', amount: 0 }, { title: 'x' }, 'text', null])(
    'refuses an expense of %j',
    async (fields) => {
      const body = JSON.stringify(fields)
      const path = '/departments/finance/employees/amara/expenses'
      expect((await ask(accounting, path, { method: 'POST', body })).status).toBe(400)
    },
  )

  it('escapes what people write', async () => {
    const body = new URLSearchParams({ title: '<script>alert(1)</script>', amount: '5' }).toString()
    const filed = await ask(accounting, '/departments/finance/employees/amara/expenses', {
      method: 'POST',
      body,
      contentType: 'application/x-www-form-urlencoded',
      accept: 'text/html',
    })
    expect(filed.status).toBe(303)
    const page = await ask(accounting, filed.location ?? '', { accept: 'text/html' })
    expect(page.text).toContain('&lt;script&gt;')
    expect(page.text).not.toContain('<script>')
  })

  it('offers nothing while the decision API is away', async () => {
    const home = await ask(accounting, '/')
    expect(JSON.parse(home.text)).toMatchObject({ departments: [] })
  })

  it('refuses a body that is larger than anything it wants', async () => {
    const path = '/departments/finance/employees/amara/expenses'
    const answer = await ask(accounting, path, { method: 'POST', body: 'x'.repeat(70_000) })
    expect(answer.status).toBe(413)
  })
})

describe('the source repository', () => {
  it('shows a file', async () => {
    const answer = await ask(git, '/repositories/website/branches/main/files/index.html')
    expect(JSON.parse(answer.text)).toMatchObject({ content: '<h1>Welcome</h1>\n' })
  })

  it('pushes a commit to a new branch and leaves main alone', async () => {
    const body = JSON.stringify({ file: 'NOTES.md', content: 'hello', message: 'Add notes' })
    const path = '/repositories/payments/branches/notes'
    const pushed = await ask(git, `${path}/commits`, { method: 'POST', body, as: 'emil' })
    expect(pushed.status).toBe(201)
    expect(JSON.parse((await ask(git, path)).text)).toMatchObject({
      files: ['README.md', 'ledger.ts', 'NOTES.md'],
      commits: [{ message: 'Add notes', author: 'emil' }, {}],
    })
    const main = await ask(git, '/repositories/payments/branches/main/files/NOTES.md')
    expect(main.status).toBe(404)
  })

  it('publishes a version once', async () => {
    const publish = { method: 'POST', body: JSON.stringify({ version: '1.1.0' }) }
    expect((await ask(git, '/repositories/website/releases', publish)).status).toBe(201)
    expect((await ask(git, '/repositories/website/releases', publish)).status).toBe(409)
  })

  it.each(['__proto__', 'constructor', 'nothing'])('has no repository %s', async (name) => {
    expect((await ask(git, `/repositories/${name}`)).status).toBe(404)
  })
})
