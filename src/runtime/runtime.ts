import { createRecorder } from '../audit/audit.ts'
import { createNonceKey } from '../authenticate/dpop-nonce.ts'
import { MemoryReplayWindow } from '../authenticate/replay-window.ts'
import { Certificates } from '../certificates/certificates.ts'
import { watchCertificates } from '../certificates/watch-certificates.ts'
import type { Config } from '../config/config.ts'
import { IdentityKeys } from '../credentials/identity-keys.ts'
import { watchApiKeys } from '../credentials/watch-api-keys.ts'
import { watchRedisTls } from '../credentials/watch-redis-tls.ts'
import { createIdentityTokenMinter } from '../enforce/identity-token.ts'
import { SnapshotHolder } from '../gateway/snapshot.ts'
import { createIssuers } from '../issuers/issuers.ts'
import { createIssuersMetrics } from '../issuers/metrics.ts'
import { type Clock, systemClock } from '../model/clock.ts'
import { createOperations } from '../operations/operations.ts'
import { CompilerMemory } from '../policy/compiler-memory.ts'
import { withTls } from '../redis/options.ts'
import { openRedis } from '../redis/redis.ts'
import { sharedWindow } from '../redis/shared-replay-window.ts'
import type { Log } from '../telemetry/log.ts'
import { createProcessLog } from './process-log.ts'
import { createLogMetrics } from '../telemetry/log-metrics.ts'
import { createRegistry } from '../telemetry/registry.ts'
import { createDataPlane } from './data-plane.ts'
import { readFolderSignature } from './folder-signature.ts'
import { createLedger, createLimiter } from './limits.ts'
import { type Address, bind } from './listening.ts'
import { loadPolicies } from './load-policies.ts'
import { livePoliciesOf } from './live-policies.ts'
import { createPolicyMetrics, createRuleFailureMetrics } from './metrics.ts'
import { listReadiness } from './readiness.ts'
import { checkRecordFile } from './record-file.ts'
import { PolicyReloader } from './reload.ts'
import { sharedKeysOf } from './shared-keys.ts'
import { readVersion } from './version.ts'

export interface RuntimeContext {
  readonly log?: Log
  readonly clock?: Clock
}

export interface Runtime {
  readonly addresses: {
    readonly gateway: Address
    readonly check: Address
    readonly operations: Address
  }
  /** Reads policies and certificates again and reopens the record file: what SIGHUP does. */
  readonly reload: () => Promise<void>
  /** Lets requests in flight end within the drain time-out, writes what is queued, closes all. */
  readonly close: () => Promise<void>
}

/**
 * The composition root: the only place that knows every area. Settles once all three listeners
 * answer; issuers' keys come in the background, and readiness tells when they are there. Throws a
 * Fault, and leaves nothing running, when it cannot start.
 */
export async function startRuntime(
  config: Config,
  { log = createProcessLog(config.log.level), clock = systemClock }: RuntimeContext = {},
): Promise<Runtime> {
  const version = readVersion()
  const signature = await readFolderSignature(config.policies.dir)
  const memory = new CompilerMemory()
  const { policies, routes, warnings } = await loadPolicies(
    config.policies.dir,
    memory,
    signature.entries,
  )
  const apiKeys = await watchApiKeys({ file: config.apiKeys.file, log, clock })
  const identityKeys = await IdentityKeys.open({ options: config.identityToken, log, clock })
  const minter = await createIdentityTokenMinter(config.identityToken, clock, identityKeys)

  await checkRecordFile(config.records)

  const registry = createRegistry(version)
  createLogMetrics(registry, log)
  const tls = { gateway: config.gateway.tls, upstreams: config.upstreams.tls }
  const certificateFiles = await watchCertificates({
    options: tls,
    log,
    registry,
    clock,
    renewed: (area, texts) => certificates.renew(area, texts),
  })
  const certificates = new Certificates(tls, certificateFiles.texts)
  const holder = new SnapshotHolder(policies, routes)
  const recorder = createRecorder(config.records, log, registry, clock)
  const redisTls = await watchRedisTls({
    options: config.redis,
    log,
    renewed: (tls) => redis?.client.renewTls(tls),
  })
  const good = withTls(config.redis, redisTls.currentFor(config.redis))
  const redis = openRedis(good, log, registry)
  const issuers = createIssuers(config.authentication.issuers, {
    log,
    clock,
    metrics: createIssuersMetrics(registry),
    fetchOptions: config.issuerKeys,
    shared: sharedKeysOf(redis, config, clock),
  })
  const ledger = createLedger(config.limits, redis)
  const dataPlane = createDataPlane({
    config,
    limiter: createLimiter(config.limits, ledger, registry),
    holder,
    keys: issuers,
    introspection: issuers,
    apiKeys: config.apiKeys.file === null ? null : apiKeys,
    nonceKey: createNonceKey(),
    replay: sharedWindow(
      new MemoryReplayWindow(config.dpop.replayEntries, clock.nowMs()),
      redis?.client ?? null,
    ),
    redis,
    certificates,
    minter,
    recorder,
    log,
    registry,
    clock,
  })
  const reloader = new PolicyReloader({
    policies: config.policies,
    signature,
    live: livePoliciesOf(holder, memory, createRuleFailureMetrics(registry, holder)),
    log,
    clock,
    metrics: createPolicyMetrics(registry),
  })
  reloader.logWarnings(warnings)
  let drainingSinceMs: number | null = null
  const operations = createOperations({
    options: config.operations,
    reusePort: config.gateway.reusePort,
    registry,
    readiness: () =>
      listReadiness({
        policies: reloader,
        issuers,
        recorder,
        certificates: certificateFiles,
        redis,
        drainingSinceMs: () => drainingSinceMs,
      }),
    jwks: () => minter.jwks(),
    log,
  })

  // Operations end last, so that readiness and metrics can be read to the end.
  async function close(): Promise<void> {
    drainingSinceMs ??= clock.nowMs()
    try {
      await Promise.all([dataPlane.drain(), reloader.close(), certificateFiles.close()])
      await Promise.all([identityKeys.close(), apiKeys.close(), redisTls.close()])
    } finally {
      issuers.close()
      ledger.close()
      redis?.close()
      // Whatever went wrong before: what is queued is written.
      await recorder.close()
      await operations.close()
    }
  }

  try {
    const addresses = {
      operations: await bind('operations', config.operations, operations),
      ...(await dataPlane.listen()),
    }
    void issuers.start()
    log.info(
      {
        version,
        ...addresses,
        generation: 1,
        digest: policies.digest,
        rules: policies.ruleCount,
        startedInMs: Math.round(performance.now()),
      },
      'Sallyport is listening',
    )
    return {
      addresses,
      reload: async () => {
        recorder.reopen()
        await Promise.all([reloader.reload(), certificateFiles.reload()])
        await Promise.all([identityKeys.reload(), apiKeys.reload(), redisTls.reload()])
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
