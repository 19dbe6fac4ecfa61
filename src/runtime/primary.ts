import { openSink } from '../audit/audit.ts'
import { createNonceKey } from '../authenticate/dpop-nonce.ts'
import { MemoryReplayWindow } from '../authenticate/replay-window.ts'
import { LineCollector } from '../audit/line-collector.ts'
import type { RecorderState } from '../audit/queued-recorder.ts'
import { watchCertificates } from '../certificates/watch-certificates.ts'
import type { Config } from '../config/config.ts'
import { IdentityKeys } from '../credentials/identity-keys.ts'
import { watchApiKeys } from '../credentials/watch-api-keys.ts'
import { watchRedisTls } from '../credentials/watch-redis-tls.ts'
import { packSigningKeys } from '../enforce/identity-token-key.ts'
import { IssuerMemory } from '../issuers/issuer-memory.ts'
import { createIssuers } from '../issuers/issuers.ts'
import { createIssuersMetrics } from '../issuers/metrics.ts'
import { removeStaleSocket } from '../listen/listen-on.ts'
import { systemClock } from '../model/clock.ts'
import { createOperations } from '../operations/operations.ts'
import { withTls } from '../redis/options.ts'
import { openRedis } from '../redis/redis.ts'
import { sharedWindow } from '../redis/shared-replay-window.ts'
import type { Log } from '../telemetry/log.ts'
import { createLogMetrics } from '../telemetry/log-metrics.ts'
import { createRegistry } from '../telemetry/registry.ts'
import { readFolderSignature } from './folder-signature.ts'
import { bind } from './listening.ts'
import { createLedger } from './limits.ts'
import { describeUnusable, readFolderContent, sourcesOf } from './load-policies.ts'
import { createPolicyMetrics } from './metrics.ts'
import { PooledMetrics } from './pooled-metrics.ts'
import { PooledPolicies } from './pooled-policies.ts'
import { listReadiness } from './readiness.ts'
import { checkRecordFile, needsOneWriter } from './record-file.ts'
import { PolicyReloader } from './reload.ts'
import type { Runtime } from './runtime.ts'
import { sharedKeysOf } from './shared-keys.ts'
import { readVersion } from './version.ts'
import { shareOf } from './worker-share.ts'
import { type WorkerLimits, workerLimits } from './worker-limits.ts'
import { PoliciesUnusable, WorkerPool } from './worker-pool.ts'
import type { WorkerProcess } from './worker-process.ts'

export interface PrimaryContext {
  readonly log: Log
  /** Their programs are started; what they work with is read here. */
  readonly workers: readonly WorkerProcess[]
  readonly limits?: WorkerLimits
  /** There is nobody left to serve, and there will not be. */
  readonly gaveUp: () => void
}

export interface Primary extends Runtime {
  /** Serves from new workers with another configuration; throws, and changes nothing, if it cannot. */
  restart(config: Config, workers: number): Promise<void>
  /** Ends the workers at once, in the middle of whatever they do. */
  abandon(): void
}

/**
 * The composition root of several processes: reads what they share, hands it to them, watches them.
 * It accepts no connection but those of the operations listener.
 */
export async function startPrimary(config: Config, context: PrimaryContext): Promise<Primary> {
  try {
    return await composePrimary(config, context)
  } catch (error) {
    // Whatever went wrong, and however early: nothing of it goes on.
    for (const worker of context.workers) worker.kill()
    throw error
  }
}

async function composePrimary(config: Config, context: PrimaryContext): Promise<Primary> {
  const { log, limits = workerLimits } = context
  const clock = systemClock
  const version = readVersion()
  const signature = await readFolderSignature(config.policies.dir)
  const content = await readFolderContent(config.policies.dir, signature.entries)
  const sources = sourcesOf(content)
  if ('kind' in sources) throw describeUnusable(config.policies.dir, content, sources)
  await checkRecordFile(config.records)

  const registry = createRegistry(version)
  createLogMetrics(registry, log)
  let current = { config, workers: context.workers.length }
  const memory = new IssuerMemory()
  const redisTls = await watchRedisTls({
    options: config.redis,
    log,
    renewed: (tls) => {
      redis?.client.renewTls(tls)
      if (redisTls.isOf(current.config.redis)) pool.send({ kind: 'redis-tls', tls })
    },
  })
  const good = withTls(config.redis, redisTls.currentFor(config.redis))
  const redis = openRedis(good, log, registry)
  const issuers = createIssuers(config.authentication.issuers, {
    log,
    clock,
    metrics: createIssuersMetrics(registry),
    fetchOptions: config.issuerKeys,
    shared: sharedKeysOf(redis, config, clock),
    announce: (latest) => {
      memory.note(latest)
      pool.send({ kind: 'issuer-news', news: latest })
    },
  })
  const certificateFiles = await watchCertificates({
    options: { gateway: config.gateway.tls, upstreams: config.upstreams.tls },
    log,
    registry,
    clock,
    renewed: (area, texts) => pool.send({ kind: 'certificates', area, texts }),
  })
  const identityKeys = await IdentityKeys.open({
    options: config.identityToken,
    log,
    clock,
    changed: (keys) => pool.send({ kind: 'identity-keys', keys: packSigningKeys(keys) }),
  })
  const apiKeys = await watchApiKeys({
    file: config.apiKeys.file,
    log,
    clock,
    renewed: (specs) => pool.send({ kind: 'api-keys', specs }),
  })
  const nonceKey = createNonceKey()
  const window = new MemoryReplayWindow(config.dpop.replayEntries, clock.nowMs())
  const replay = sharedWindow(window, redis?.client ?? null)
  const policies = new PooledPolicies(() => pool, sources)
  const relaysRecords = await needsOneWriter(config.records)
  let recordsFailing: RecorderState | null = null
  const collector = relaysRecords
    ? new LineCollector(openSink(config.records), {
        failing: (error) => {
          const reason = error instanceof Error ? error.message : String(error)
          recordsFailing = { isFailing: true, sinceMs: clock.nowMs(), reason, queued: 0 }
          log.warn({ reason }, 'Cannot write decision records: trying again')
        },
        recovered: () => {
          recordsFailing = null
          log.info({}, 'Decision records are written again')
        },
      })
    : null
  const ledger = createLedger(config.limits, redis)
  const metrics = new PooledMetrics(registry, () => pool)

  const pool = new WorkerPool({
    first: context.workers,
    limits,
    log,
    size: () => current.workers,
    drainTimeoutMs: () => current.config.gateway.drainTimeoutMs,
    start: (worker) => ({
      worker,
      config: shareOf(current.config, current.workers),
      sources: policies.sources,
      generation: policies.current.generation,
      signingKeys: packSigningKeys(identityKeys.current),
      apiKeys: current.config.apiKeys.file === null ? null : apiKeys.specs,
      nonceKey,
      replaySinceMs: replay.sinceMs,
      issuers: memory.all,
      certificates: certificateFiles.texts,
      redisTls: redisTls.currentFor(current.config.redis),
      relaysRecords,
      heartbeatMs: limits.heartbeatMs,
    }),
    events: {
      refreshIssuer: (worker, issuer) => {
        const reading = issuers.keysOf(issuer)?.refresh() ?? Promise.resolve()
        void reading.then(() => worker.send({ kind: 'issuer-refreshed', issuer }))
      },
      records: (worker, number, lines) => {
        void collector?.append(lines).then(() => worker.send({ kind: 'records-written', number }))
      },
      settle: (worker, number, entries) => {
        void ledger.settle(entries).then((spent) => worker.send({ kind: 'settled', number, spent }))
      },
      claimProofs: (worker, claims) => {
        const nowMs = clock.nowMs()
        const claimed = claims.map(async ({ number, owner, digest, untilMs }) => ({
          number,
          claim: await replay.claim(owner, digest, untilMs, nowMs),
        }))
        void Promise.all(claimed).then((answers) =>
          worker.send({ kind: 'proofs-claimed', answers }),
        )
      },
      built: (built) => policies.started(built),
      exited: (cause) => metrics.countExit(cause),
      retired: (last) => metrics.retire(last),
      gaveUp: context.gaveUp,
    },
  })

  let drainingSinceMs: number | null = null
  let reloader: PolicyReloader | null = null
  const operations = createOperations({
    options: config.operations,
    reusePort: config.gateway.reusePort,
    registry: metrics,
    readiness: () =>
      listReadiness({
        policies: { state: reloader?.state ?? null },
        issuers,
        recorder: { state: () => recordsFailing ?? failingRecorder(pool) },
        certificates: certificateFiles,
        redis,
        workers: { serving: pool.serving.length, wanted: pool.size },
        drainingSinceMs: () => drainingSinceMs,
      }),
    jwks: () => ({ keys: identityKeys.current.published }),
    log,
  })

  async function close(): Promise<void> {
    drainingSinceMs ??= clock.nowMs()
    await Promise.all([pool.close(), reloader?.close(), certificateFiles.close()])
    await Promise.all([identityKeys.close(), apiKeys.close(), redisTls.close()])
    issuers.close()
    ledger.close()
    redis?.close()
    await collector?.close(recordsCloseTimeoutMs)
    await operations.close()
  }

  try {
    const address = await bind('operations', config.operations, operations)
    void issuers.start()
    const { socket } = config.gateway
    if (socket !== null) await removeStaleSocket(socket)
    const { check, gateway } = await pool.start()
    const addresses = { operations: address, check, gateway }
    reloader = new PolicyReloader({
      policies: config.policies,
      signature,
      live: policies,
      log,
      clock,
      metrics: createPolicyMetrics(registry),
    })
    reloader.logWarnings(policies.warnings)
    const { digest, ruleCount } = policies.current
    log.info(
      {
        version,
        ...addresses,
        workers: context.workers.length,
        generation: 1,
        digest,
        rules: ruleCount,
        startedInMs: Math.round(performance.now()),
      },
      'Sallyport is listening',
    )
    return {
      addresses,
      reload: async () => {
        collector?.reopen()
        pool.send({ kind: 'reopen-records' })
        await Promise.all([reloader?.reload(), certificateFiles.reload()])
        await Promise.all([identityKeys.reload(), apiKeys.reload(), redisTls.reload()])
      },
      restart: async (next, workers) => {
        const before = current
        current = { config: next, workers }
        try {
          await pool.restart()
        } catch (error) {
          current = before
          throw error
        }
      },
      close,
      abandon: () => pool.killAll(),
    }
  } catch (error) {
    await close()
    if (!(error instanceof PoliciesUnusable)) throw error
    throw describeUnusable(config.policies.dir, content, error.rejection)
  }
}

const recordsCloseTimeoutMs = 5_000

const noFailure: RecorderState = { isFailing: false, sinceMs: null, reason: null, queued: 0 }

function failingRecorder(pool: WorkerPool): RecorderState {
  const states = pool.serving.map(({ records }) => records)
  return states.find((state) => state?.isFailing === true) ?? noFailure
}
