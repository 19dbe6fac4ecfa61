import { writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startIntrospectionServer } from '../test/authenticate/introspection-server.ts'
import { startIssuer } from '../test/cli/issuer-server.ts'
import { ask } from '../test/support/ask.ts'
import { startRedis } from '../test/support/redis-server.ts'
import { type Sallyport, startSallyport } from '../test/support/sallyport.ts'
import { until } from '../test/support/until.ts'

// Usage: node bench/introspection.ts --sidecars 8 --tokens 10000 --timeout 10ms
// How often sidecars that share a Redis ask about opaque tokens that come to all of them, and how
// many commands Redis did not answer within the time-out (`redis.timeout`): each of those may lead
// to a question more.
const { values } = parseArgs({
  options: {
    sidecars: { type: 'string', default: '8' },
    tokens: { type: 'string', default: '10000' },
    timeout: { type: 'string', default: '200ms' },
    'lease-wait': { type: 'string', default: '2s' },
  },
})
const audience = 'bench'
const [issuer, endpoint, redis] = await Promise.all([
  startIssuer(audience),
  startIntrospectionServer(),
  startRedis(),
])
const tokens = Array.from({ length: Number(values.tokens) }, (_, index) => `opaque-token-${index}`)
for (const token of tokens) {
  endpoint.active.set(token, {
    active: true,
    iss: issuer.issuer,
    aud: audience,
    sub: token,
    token_type: 'Bearer',
    exp: Math.floor(Date.now() / 1_000) + 3_600,
  })
}
const introspection = {
  url: endpoint.url,
  client_id: 'gateway',
  client_secret_file: 'secret',
  max_age: '1h',
}
const sidecars: Sallyport[] = []
for (let index = 0; index < Number(values.sidecars); index += 1) {
  const sidecar = await startSallyport({
    config: {
      issuers: [{ issuer: issuer.issuer, audiences: [audience], introspection }],
      authentication: { token_cache_entries: 20_000 },
      redis: {
        nodes: [redis.node],
        seal_keys_file: 'seal-keys',
        timeout: values.timeout,
        lease_wait: values['lease-wait'],
      },
    },
    prepare: async (dir) => {
      await writeFile(join(dir, 'secret'), 'secret')
      await writeFile(join(dir, 'seal-keys'), `k1 ${Buffer.alloc(32, 7).toString('base64')}\n`)
    },
  })
  sidecars.push(sidecar)
  await until('Redis to be used', async () => {
    const { text } = await ask(sidecar.operations, '/readyz')
    return text.includes('it is not set up') || /"redis","ready":true,"state":"ready"/u.test(text)
  })
}

/** All tokens to all sidecars, each in an order of its own, a few at a time. */
async function rotate(): Promise<number> {
  const startedAtMs = performance.now()
  await Promise.all(
    sidecars.map(async (sidecar, offset) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 4 })
      let next = 0
      const work = async (): Promise<void> => {
        while (next < tokens.length) {
          const at = (next * 7 + offset * 13) % tokens.length
          next += 1
          const status = await get(agent, sidecar.gateway, tokens[at] ?? '')
          if (status !== 403) throw new Error(`A good token of nobody’s group got ${status}`)
        }
      }
      await Promise.all(Array.from({ length: 4 }, work))
      agent.destroy()
    }),
  )
  return (performance.now() - startedAtMs) / 1_000
}

function get(agent: Agent, origin: string, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` }
    const req = request(`${origin}/files/a`, { agent, headers }, (res) => {
      res.resume()
      res.on('end', () => resolve(res.statusCode ?? 0))
    })
    req.on('error', reject)
    req.end()
  })
}

/** Commands of all sidecars that were not answered, by why. */
async function unanswered(): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  for (const sidecar of sidecars) {
    const { text } = await ask(sidecar.operations, '/metrics')
    const found = text.matchAll(/^sallyport_redis_commands_total\{result="(\w+)"\} (\d+)$/gmu)
    for (const [, result = '', count] of found) {
      if (result !== 'ok') counts[result] = (counts[result] ?? 0) + Number(count)
    }
  }
  return counts
}

const before = await unanswered()
const firstS = await rotate()
const askedFirst = endpoint.asked.length
const secondS = await rotate()
const asked = endpoint.asked.map(({ form }) => form.get('token') ?? '')
const once = new Set(asked).size
const commands = Object.fromEntries(
  Object.entries(await unanswered()).map(([result, count]) => [
    result,
    count - (before[result] ?? 0),
  ]),
)
process.stdout.write(
  `${JSON.stringify({ sidecars: sidecars.length, tokens: tokens.length, askedFirst, askedInAll: asked.length, askedMoreThanOnce: asked.length - once, unanswered: commands, firstS, secondS })}\n`,
)
const allowed = Object.values(commands).reduce((sum, count) => sum + count, 0)
if (asked.length - once > allowed) process.exitCode = 1
await Promise.all(sidecars.map((sidecar) => sidecar.remove()))
await Promise.all([issuer.close(), endpoint.close(), redis.remove()])
