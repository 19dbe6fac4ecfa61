import type { RedisClient } from './client.ts'
import type { Connection } from './connection.ts'

/** What is wrong with how a server is set up; `hint` says what to do. */
export interface ServerFinding {
  readonly code:
    | 'unreachable'
    | 'version'
    | 'replica'
    | 'eviction'
    | 'no-limit'
    | 'not-permitted'
    | 'full'
    | 'not-cluster'
  readonly message: string
  readonly hint: string
}

/** The first with users and RESP3. */
const oldestVersion = [6, 0] as const

/** Tries what is needed of a server, and reads what it says about itself. Never rejects. */
export async function checkServer(client: RedisClient): Promise<readonly ServerFinding[]> {
  try {
    return await client.inspect(async (connection) => [
      ...judgeInfo(readInfo(await connection.info()), client),
      ...(await tryCommands(connection, client)),
    ])
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (isRefused(message)) return [notPermitted('INFO', client)]
    return [
      { code: 'unreachable', message, hint: 'is it running, and may it be reached from here?' },
    ]
  }
}

type Info = ReadonlyMap<string, string>

function readInfo(text: string): Info {
  return new Map(
    text.split(/\r?\n/u).flatMap((line): [string, string][] => {
      const colon = line.indexOf(':')
      return colon > 0 && !line.startsWith('#')
        ? [[line.slice(0, colon), line.slice(colon + 1)]]
        : []
    }),
  )
}

function judgeInfo(info: Info, { options }: RedisClient): readonly ServerFinding[] {
  const findings: ServerFinding[] = []
  const version = info.get('redis_version') ?? ''
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < oldestVersion[0] || (major === oldestVersion[0] && minor < oldestVersion[1])) {
    findings.push({
      code: 'version',
      message: `the server has version ${version || 'unknown'}`,
      hint: `use ${oldestVersion.join('.')} or newer`,
    })
  }
  if (info.get('role') === 'slave') {
    findings.push({
      code: 'replica',
      message: 'the server is a replica, to which nothing can be written',
      hint: 'name the primary, or use "mode: sentinel", which finds it',
    })
  }
  const isCluster = info.get('cluster_enabled') === '1'
  if (isCluster !== (options.mode === 'cluster')) {
    findings.push({
      code: 'not-cluster',
      message: isCluster
        ? 'the server is part of a Cluster'
        : 'the server is not part of a Cluster',
      hint: `set "redis.mode" to ${isCluster ? 'cluster' : 'single or sentinel'}`,
    })
  }
  const policy = info.get('maxmemory_policy') ?? 'noeviction'
  if (info.get('maxmemory') === '0') {
    findings.push({
      code: 'no-limit',
      message: 'the server has no "maxmemory": it grows until its machine has no memory left',
      hint: 'set maxmemory, see docs/operations.md for how much',
    })
  } else if (policy !== 'volatile-ttl' && policy !== 'noeviction') {
    findings.push({
      code: 'eviction',
      message: `"maxmemory-policy" is ${policy}: identifiers that may be used once are forgotten before their time`,
      hint: 'set maxmemory-policy to volatile-ttl, which drops what ends soonest, or to noeviction',
    })
  }
  return findings
}

/** An access list is best read by doing what it is for. */
async function tryCommands(
  connection: Connection,
  client: RedisClient,
): Promise<readonly ServerFinding[]> {
  const { value, lease } = client.keys.trial
  const keys = [value, lease] as const
  const trials: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['SET', () => connection.set(value, '1', 1_000)],
    ['GETRANGE', () => connection.getRange(value, 1)],
    ['EVAL, EVALSHA, GET, TIME', () => connection.settleBuckets([lease], [1, 1, 0])],
    ['EVAL, EVALSHA, DEL', () => connection.writeAndRelease(keys, ['', '', 1])],
  ]
  const refused: string[] = []
  for (const [command, run] of trials) {
    const failure = await run().then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
    if (failure === null) continue
    if (isRefused(failure)) refused.push(command)
    else if (failure.startsWith('OOM') || failure.includes('OOM ')) return [full]
  }
  return refused.length === 0 ? [] : [notPermitted(refused.join('; '), client)]
}

const full: ServerFinding = {
  code: 'full',
  message: 'the server is full and takes nothing more',
  hint: 'raise maxmemory, or set maxmemory-policy to volatile-ttl',
}

function isRefused(message: string): boolean {
  return /NOPERM|no permissions|can't run this command/iu.test(message)
}

function notPermitted(commands: string, { keys }: RedisClient): ServerFinding {
  return {
    code: 'not-permitted',
    message: `the user may not use: ${commands}`,
    hint: `ACL SETUSER ... ~${keys.pattern} ${aclCommands}`,
  }
}

/** What the user of sidecars needs, and no more. */
const aclCommands =
  '-@all +get +getrange +set +del +eval +evalsha +time +info +hello +auth +ping +client|setname +cluster|slots +cluster|info +readonly'
