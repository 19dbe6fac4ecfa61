import { type RedisOptions, usesRedis } from '../redis/options.ts'
import { quote } from '../source/quote.ts'
import type { Findings } from './findings.ts'

/** What the options of `redis` have to be to each other. */
export function checkRedis(redis: RedisOptions, findings: Findings): void {
  if (!usesRedis(redis)) return
  const error = (key: string, code: string, message: string, hint: string | null = null): void =>
    findings.error(['redis', key], code, message, hint)
  for (const [index, node] of redis.nodes.entries()) {
    if (isNode(node)) continue
    const message = `${quote(node)} is not an address such as redis.internal:6379`
    findings.error(['redis', 'nodes', index], 'malformed-value', message)
  }
  if (redis.socket !== null && (redis.nodes.length > 0 || redis.mode !== 'single')) {
    error('socket', 'redis-place', '"socket" is in place of "nodes", with "mode: single"')
  }
  if (redis.mode === 'single' && redis.nodes.length > 1) {
    const message = '"mode: single" means one node'
    error('nodes', 'redis-place', message, 'set "mode" to sentinel or cluster')
  }
  if (redis.mode === 'cluster' && redis.database !== 0) {
    error('database', 'redis-place', 'a Cluster has only database 0')
  }
  if ((redis.certificateFile === null) !== (redis.keyFile === null)) {
    const message = 'a certificate and its key go together'
    error('certificate', 'key-missing', message, 'name both files: "certificate" and "key"')
  }
  if (!redis.tls && (redis.authoritiesFile ?? redis.certificateFile ?? redis.serverName) !== null) {
    error('tls', 'redis-tls', '"authorities", "certificate" and "server_name" need "tls: true"')
  }
  if (redis.sealKeysFile === null) {
    error(
      'seal_keys_file',
      'no-seal-keys',
      'what is kept in Redis has to be sealed: nobody who can write there may gain by it',
      'make a key with: echo "k1 $(openssl rand -base64 32)" > seal-keys, and name the file',
    )
  }
}

function isNode(node: string): boolean {
  const [, host = '', port] = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):(\d{1,5})$/u.exec(node) ?? []
  return host !== '' && Number(port) >= 1 && Number(port) <= 65_535
}
