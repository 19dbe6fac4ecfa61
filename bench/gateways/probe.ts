import assert from 'node:assert/strict'
import { request } from 'node:http'

export interface Answer {
  readonly status: number
  readonly body: string
}

export interface Question {
  readonly method?: string
  readonly path: string
  readonly authorization?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** One request on a connection of its own. */
export async function ask(port: number, question: Question): Promise<Answer> {
  const { method = 'GET', path, authorization, headers = {}, body } = question
  return await new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        agent: false,
        timeout: 10_000,
        headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
      },
      (res) => {
        const chunks: Buffer[] = []
        res.on('data', (chunk: Buffer) => chunks.push(chunk))
        res.on('error', reject)
        res.on('end', () => {
          resolve({ status: res.statusCode ?? 0, body: Buffer.concat(chunks).toString('latin1') })
        })
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error(`No answer to ${path} within 10 s`)))
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** What a program looks at before it forwards: a denial that it cannot make is not asked of it. */
export type Judges = 'nothing' | 'the token' | 'the token and a claim' | 'the token and the rule'

export interface Proof {
  readonly judges: Judges
  readonly permitted: Question
  readonly body: string
  /** The same question about another department's document. */
  readonly denied: Question
  /** A token that is good but for the claim the program looks at. */
  readonly outsider: string
}

/** Asks while the load runs: bodies must be whole, and every no must be one. */
export async function prove(name: string, port: number, proof: Proof): Promise<void> {
  const { judges, permitted, denied } = proof
  const good = await ask(port, permitted)
  assert.equal(good.status, 200, `${name} answers ${good.status}: ${good.body.slice(0, 200)}`)
  assert.ok(good.body === proof.body, `${name} changes the body: ${good.body.slice(0, 200)}`)
  if (judges === 'nothing') return
  const refused = async (what: string, question: Question): Promise<void> => {
    const { status } = await ask(port, question)
    const isNo = status === 401 || status === 403 || status === 302
    assert.ok(isNo, `${name} answers ${status} to ${what}`)
  }
  const { authorization = '', ...anonymous } = permitted
  await refused('no token', anonymous)
  await refused('a tampered token', { ...permitted, authorization: tamper(authorization) })
  if (judges === 'the token') return
  await refused('a token of another group', { ...permitted, authorization: proof.outsider })
  if (judges === 'the token and a claim') return
  await refused('a path that the rule does not permit', denied)
}

/** Another character in the middle of the signature. */
function tamper(authorization: string): string {
  const at = authorization.lastIndexOf('.') + 20
  const other = authorization[at] === 'A' ? 'B' : 'A'
  return authorization.slice(0, at) + other + authorization.slice(at + 1)
}
