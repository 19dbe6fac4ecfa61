import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Authenticator, createAuthenticator } from '../../src/authenticate/authenticate.ts'
import {
  type ClientIdentityOptions,
  defaultAuthenticateOptions,
  defaultClientIdentityOptions,
  defaultIssuerOptions,
  type IssuerOptions,
  kubernetesIssuerOptions,
} from '../../src/authenticate/options.ts'
import { credentialsOf, type GuardedDoor, openDoor } from './guarded-door.ts'

const workload = 'spiffe://prod.example.com/ns/shop/sa/orders'
const account = 'system:serviceaccount:shop:orders'
const spiffe: Partial<ClientIdentityOptions> = {
  subjectFrom: 'spiffe',
  trustDomains: ['prod.example.com'],
}
const cluster: IssuerOptions = {
  ...defaultIssuerOptions,
  ...kubernetesIssuerOptions,
  issuer: 'https://kubernetes.default.svc',
  audiences: ['api'],
  preset: 'kubernetes',
}
let door: GuardedDoor

beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door.close())

interface Beside {
  readonly own?: Partial<IssuerOptions>
  readonly others?: readonly IssuerOptions[]
  readonly certificates?: Partial<ClientIdentityOptions>
}

/** A door of an issuer of people, beside whoever else there is. */
function open({ own, others = [], certificates }: Beside): Authenticator {
  const { issuer } = door.server
  const people = { ...defaultIssuerOptions, issuer, audiences: ['api'], ...own }
  const options = { ...defaultAuthenticateOptions, issuers: [people, ...others] }
  const clientIdentity = { ...defaultClientIdentityOptions, ...certificates }
  return createAuthenticator(options, door.issuers, door.clock, null, { clientIdentity })
}

/** What is said to somebody whom the issuer of people calls so. */
async function answerTo(sub: string, beside: Beside) {
  return open(beside).authenticate(credentialsOf(`Bearer ${await door.token({ sub })}`))
}

/** What is said to a certificate with this name. */
function answerToName(name: string, beside: Beside) {
  const credentials = credentialsOf(null)
  const certificate = {
    subject: 'CN=a',
    issuer: 'CN=Clients',
    san: [`URI:${name}`],
    fingerprint: 'ab'.repeat(32),
    serial: '1',
  }
  const certificateExpiresAtS = door.clock.nowS() + 60
  const client = { ...credentials.client, certificate, certificateExpiresAtS }
  return open(beside).authenticate({ ...credentials, client })
}

const foreign = {
  code: 'token_claims_invalid',
  detail: '"sub" is the name of a subject that another issuer, or a certificate, speaks for',
}

describe('an issuer of people with an empty prefix', () => {
  test('names no workload of a trust domain whose certificates are identities', async () => {
    expect(await answerTo(workload, { certificates: spiffe })).toMatchObject(foreign)
    expect(await answerTo('spiffe://other.test/x', { certificates: spiffe })).toMatchObject({
      subject: { id: 'spiffe://other.test/x' },
    })
  })

  test('names no service account beside the issuer of a cluster', async () => {
    expect(await answerTo(account, { others: [cluster] })).toMatchObject(foreign)
    const prefixed = { ...cluster, subjectPrefix: 'k8s:' }
    expect(await answerTo(`k8s:${account}`, { others: [prefixed] })).toMatchObject(foreign)
  })

  test('names whom it likes where nobody else speaks for them, or for such names', async () => {
    for (const sub of [workload, account]) {
      expect(await answerTo(sub, {})).toMatchObject({ subject: { type: 'user', id: sub } })
      const certificates = { ...spiffe, subjectPrefix: 'mtls:' }
      expect(await answerTo(sub, { certificates })).toMatchObject({ subject: { id: sub } })
    }
  })

  test('names workloads when it says that it means the same ones', async () => {
    const own = { subjectType: 'workload' }
    expect(await answerTo(workload, { own, certificates: spiffe })).toMatchObject({
      subject: { type: 'workload', id: workload },
    })
  })

  test('names none beside its own prefix', async () => {
    const own = { subjectPrefix: 'corp:' }
    expect(await answerTo(workload, { own, certificates: spiffe })).toMatchObject({
      subject: { id: `corp:${workload}` },
    })
  })
})

describe('a client certificate', () => {
  const certificates = { subjectFrom: 'uri' } as const

  test('names nobody of an issuer with a prefix', () => {
    const beside = { own: { subjectPrefix: 'corp:' }, certificates }
    expect(answerToName('corp:ann', beside)).toMatchObject({
      code: 'client_certificate_refused',
      detail: 'The client certificate has the name of a subject of an issuer',
    })
    expect(answerToName('urn:ann', beside)).toMatchObject({ subject: { id: 'urn:ann' } })
  })

  test('names no service account of a cluster', () => {
    expect(answerToName(account, { others: [cluster], certificates })).toMatchObject({
      code: 'client_certificate_refused',
    })
  })

  test('names its workload, whoever else there is', () => {
    const beside = { others: [cluster], certificates: spiffe }
    expect(answerToName(workload, beside)).toMatchObject({
      subject: { type: 'workload', id: workload },
    })
  })
})
