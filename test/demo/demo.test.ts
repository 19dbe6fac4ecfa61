import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startDemo } from '../../src/demo/demo.ts'
import type { RunningDemo } from '../../src/demo/demo.ts'
import { choosePorts } from '../../src/demo/ports.ts'
import type { DemoPorts } from '../../src/demo/ports.ts'
import { obtainToken } from '../../src/demo/token.ts'
import { freeDemoPorts, makePoliciesCopy } from './demo-process.ts'
import { Visitor } from './visitor.ts'
import type { Visit, VisitOptions } from './visitor.ts'

const accounting = 'accounting.localhost'
const git = 'git.localhost'
const engineering = '/departments/engineering/employees'

let dir: string
let ports: DemoPorts
let demo: RunningDemo
const said: string[] = []
const tokens = new Map<string, string>()

beforeAll(async () => {
  dir = await makePoliciesCopy()
  ports = choosePorts(0, await freeDemoPorts())
  demo = await startDemo({
    ports,
    policiesDir: join(dir, 'policies'),
    command: 'sallyport',
    say: (line) => said.push(line),
  })
})

afterAll(async () => {
  await demo.close()
  await rm(dir, { recursive: true })
})

async function tokenOf(person: string): Promise<string> {
  const kept = tokens.get(person)
  if (kept !== undefined) return kept
  const { accessToken } = await obtainToken(`http://127.0.0.1:${ports.provider}`, person)
  tokens.set(person, accessToken)
  return accessToken
}

async function send(
  person: string,
  method: string,
  host: string,
  path: string,
  options: VisitOptions = {},
): Promise<Visit> {
  const authorization = `Bearer ${await tokenOf(person)}`
  return new Visitor().visit(`http://${host}:${ports.gateway}${path}`, {
    method,
    follow: false,
    ...options,
    headers: { accept: 'application/json', authorization, ...options.headers },
  })
}

describe('who gets where', () => {
  it.each([
    ['amara', 'GET', accounting, '/', 200],
    ['amara', 'GET', accounting, '/invoices', 200],
    ['amara', 'GET', git, '/', 403],
    ['amara', 'GET', git, '/repositories/payments', 403],
    ['amara', 'POST', accounting, `${engineering}/emil/expenses/EXP-1001/approval`, 403],
    ['emil', 'GET', git, '/', 200],
    ['emil', 'GET', git, '/repositories/payments/branches/main/files/ledger.ts', 200],
    ['emil', 'GET', accounting, '/', 403],
    ['emil', 'GET', accounting, `${engineering}/emil/expenses/EXP-1001`, 403],
    ['mona', 'GET', accounting, '/departments/engineering/expenses', 200],
    ['mona', 'GET', accounting, '/departments/finance/expenses', 403],
    ['mona', 'POST', accounting, `${engineering}/mona/expenses/EXP-1003/approval`, 403],
    ['mona', 'POST', accounting, `${engineering}/emil/expenses/EXP-1001/approval`, 200],
    ['felix', 'POST', accounting, `${engineering}/emil/expenses/EXP-1002/approval`, 403],
    [
      'felix',
      'POST',
      accounting,
      '/departments/finance/employees/amara/expenses/EXP-1004/approval',
      200,
    ],
    [
      'felix',
      'POST',
      accounting,
      '/departments/finance/employees/felix/expenses/EXP-1005/approval',
      403,
    ],
    ['cora', 'GET', git, '/repositories/handbook', 200],
    ['cora', 'GET', git, '/repositories/website', 200],
    ['cora', 'GET', git, '/repositories/payments', 403],
    ['cora', 'GET', git, '/repositories', 403],
    ['cora', 'GET', accounting, '/', 403],
  ] as const)('%s: %s %s%s is %i', async (person, method, host, path, status) => {
    const answer = await send(person, method, host, path)
    expect([answer.status, answer.text]).toEqual([status, expect.any(String)])
  })

  it.each([
    ['as though it were of the own department', '/departments/finance/employees/mona', 'EXP-1003'],
    ['as though it were of somebody else', `${engineering}/emil`, 'EXP-1003'],
  ])('an own expense is not approved %s', async (_how, owner, id) => {
    const person = owner.includes('finance') ? 'felix' : 'mona'
    const answer = await send(person, 'POST', accounting, `${owner}/expenses/${id}/approval`)
    expect(answer.status).toBe(404)
    const record = await send('amara', 'GET', accounting, `${engineering}/mona/expenses/EXP-1003`)
    expect(JSON.parse(record.text)).toMatchObject({ status: 'submitted' })
  })

  it('says who approved, whatever the client says', async () => {
    const path = `${engineering}/emil/expenses/EXP-1002`
    const answer = await send('mona', 'POST', accounting, `${path}/approval`, {
      headers: { 'sallyport-subject': 'felix', sallyport_identity: 'forged' },
    })
    expect(JSON.parse(answer.text)).toMatchObject({ approvedBy: 'mona' })
  })
})

describe('what a page offers is asked of the decision API', () => {
  it('lists the departments a person may see', async () => {
    const forMona = await send('mona', 'GET', accounting, '/')
    expect(JSON.parse(forMona.text)).toMatchObject({ departments: [{ name: 'engineering' }] })
    const forAmara = await send('amara', 'GET', accounting, '/')
    expect(JSON.parse(forAmara.text)).toMatchObject({
      departments: [{ name: 'engineering' }, { name: 'finance' }],
    })
  })

  it('tells a manager beforehand that her own expense is not hers to approve', async () => {
    const html = { headers: { accept: 'text/html' } }
    const own = await send('mona', 'GET', accounting, `${engineering}/mona/expenses/EXP-1003`, html)
    expect(own.text).toContain('Policy does not let you approve this')
  })
})

describe('a running demo', () => {
  it('lets a browser sign in and click', async () => {
    const visitor = new Visitor()
    const login = await visitor.visit(`http://localhost:${ports.browser}/`)
    const form = { person: 'cora' }
    const home = await visitor.visit(login.url.href, { method: 'POST', form })
    expect(home.text).toContain('Cora Silva')
    const handbook = await visitor.visit(
      `http://git.localhost:${ports.browser}/repositories/handbook`,
    )
    expect(handbook.text).toContain('Where things are, and whom to ask.')
    const denied = await visitor.visit(`http://accounting.localhost:${ports.browser}/invoices`)
    expect(denied.status).toBe(403)
    expect(denied.text).toContain('the policy does not allow you')
  })

  it('keeps its keys for the decision API to itself', async () => {
    const answer = await fetch(`http://127.0.0.1:${ports.check}/access/v1/evaluation`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(answer.status).toBe(401)
  })

  it('leaves no token in its records, and none in what it says', async () => {
    const file = /(\S+decisions\.ndjson)/.exec(demo.tour)?.[1] ?? ''
    await expect
      .poll(() => readFile(file, 'utf8'), { timeout: 3_000 })
      .toContain('managers-approve-in-their-department')
    const records = await readFile(file, 'utf8')
    for (const token of tokens.values()) {
      expect(records).not.toContain(token.slice(0, 40))
      expect(said.join('\n')).not.toContain(token.slice(0, 40))
    }
  })

  it('refuses to start twice, and the first goes on', async () => {
    const again = startDemo({ ports, policiesDir: join(dir, 'policies'), command: '', say() {} })
    await expect(again).rejects.toMatchObject({ code: 'ERR_LISTEN' })
    expect((await send('amara', 'GET', accounting, '/invoices')).status).toBe(200)
  })
})
