import cluster from 'node:cluster'
import { type AuditRecorder, createRecorder, openSink } from '../audit/audit.ts'
import { ApiKeys, type ApiKeySource, type ApiKeySpec } from '../authenticate/api-keys.ts'
import { RelayedReplayWindow } from '../authenticate/relayed-replay-window.ts'
import { LogFile } from '../audit/log-file.ts'
import type { LogSink } from '../audit/log-sink.ts'
import { type CertificateArea, Certificates } from '../certificates/certificates.ts'
import type { FileTexts } from '../certificates/watched-files.ts'
import {
  type SigningKeys,
  type SigningKeySource,
  unpackSigningKeys,
} from '../enforce/identity-token-key.ts'
import { createIdentityTokenMinter } from '../enforce/identity-token.ts'
import { SnapshotHolder } from '../gateway/snapshot.ts'
import { createIntrospectionClients } from '../issuers/introspection-client.ts'
import { createRelayedIssuers, type RelayedIssuers } from '../issuers/relayed-issuers.ts'
import { systemClock } from '../model/clock.ts'
import { Fault } from '../model/fault.ts'
import { runAtOnce } from '../model/steps.ts'
import { CompilerMemory } from '../policy/compiler-memory.ts'
import { type RedisTls, withTls } from '../redis/options.ts'
import { openRedis, type SharedRedis } from '../redis/redis.ts'
import type { Log } from '../telemetry/log.ts'
import { createProcessLog } from './process-log.ts'
import { createLogMetrics } from '../telemetry/log-metrics.ts'
import { createRegistry } from '../telemetry/registry.ts'
import { createDataPlane, type DataPlane } from './data-plane.ts'
import { die } from './lifecycle.ts'
import { type BuiltPolicies, type LivePolicies, livePoliciesOf } from './live-policies.ts'
import { createLimiter, ledgerOn } from './limits.ts'
import { compileContent } from './load-policies.ts'
import { createRuleFailureMetrics } from './metrics.ts'
import type { Channel } from './worker-channel.ts'
import type {
  Answers,
  BuildOutcome,
  Question,
  WorkerFault,
  WorkerStart,
} from './worker-messages.ts'
import { readVersion } from './version.ts'

interface Serving {
  readonly live: LivePolicies
  readonly dataPlane: DataPlane
  readonly recorder: AuditRecorder
  readonly issuers: RelayedIssuers
  readonly replay: RelayedReplayWindow
  readonly certificates: Certificates
  readonly redis: SharedRedis | null
  readonly registry: ReturnType<typeof createRegistry>
  readonly log: Log
}

/**
 * One of several processes that serve the same ports. All it works with comes over the channel, and
 * it serves no longer than there is somebody at the other end.
 */
class ServingWorker {
  readonly #channel: Channel
  readonly #exitNow: (code: number) => void
  /** Never: a set that is built when the process ends is of no use to anybody. */
  readonly #aborted = new AbortController().signal
  /** What was renewed while it started. */
  readonly #renewed = new Map<CertificateArea, FileTexts>()
  /** The latest, also of while it started. */
  #identityKeys: SigningKeys | null = null
  #apiKeys: ApiKeys | null = null
  #redisTls: RedisTls | null = null
  #serving: Serving | null = null
  #built: BuiltPolicies | null = null
  #draining: Promise<void> | null = null

  constructor(channel: Channel, exitNow: (code: number) => void) {
    this.#channel = channel
    this.#exitNow = exitNow
    channel.listen({
      question: (question) => this.#answer(question),
      discard: () => {
        this.#built = null
      },
      issuerNews: (news) => this.#serving?.issuers.take(news),
      issuerRefreshed: (issuer) => this.#serving?.issuers.refreshed(issuer),
      certificates: (area, texts) => {
        if (this.#serving === null) this.#renewed.set(area, texts)
        else this.#serving.certificates.renew(area, texts)
      },
      identityKeys: (keys) => {
        this.#identityKeys = unpackSigningKeys(keys)
      },
      apiKeys: (specs) => {
        this.#apiKeys = new ApiKeys(specs)
      },
      redisTls: (tls) => {
        this.#redisTls = tls
        this.#serving?.redis?.client.renewTls(tls)
      },
      proofsClaimed: (answers) => this.#serving?.replay.answered(answers),
      reopenRecords: () => this.#serving?.recorder.reopen(),
      closed: () => void this.leave('its primary is gone'),
    })
    channel.send({ kind: 'loaded' })
  }

  /** Ends its requests, writes its records, ends. */
  async leave(reason: string): Promise<void> {
    this.#serving?.log.warn({ reason }, 'A worker leaves: no new connections')
    await this.#drain()
    this.#exitNow(0)
  }

  fail(error: unknown): void {
    die(error, this.#serving?.log ?? createProcessLog('error'), this.#exitNow)
  }

  async #answer(question: Question): Promise<Answers[keyof Answers]> {
    switch (question.kind) {
      case 'start':
        return this.#start(question.start).catch(toFault)
      case 'listen':
        return this.#listen().catch(toFault)
      case 'build':
        return this.#build(question.sources)
      case 'swap':
        return { kind: 'swapped', generation: await this.#swap(question.generation) }
      case 'metrics':
        return { kind: 'metrics', metrics: await this.#metrics() }
      case 'drain':
        await this.#drain()
        setImmediate(() => this.#exitNow(0))
        return { kind: 'drained', metrics: await this.#metrics() }
      default:
        return question satisfies never
    }
  }

  async #start(start: WorkerStart): Promise<Answers['start']> {
    const { config } = start
    const memory = new CompilerMemory()
    const compiled = runAtOnce(compileContent(start.sources, memory))
    if (compiled.kind === 'rejected') return compiled
    const { policies, routes, warnings } = compiled
    const clock = systemClock
    const log = createProcessLog(config.log.level, { worker: start.worker })
    const signingKeys = unpackSigningKeys(start.signingKeys)
    this.#identityKeys = signingKeys
    const keys = this.#identityKeySource(signingKeys)
    const minter = await createIdentityTokenMinter(config.identityToken, clock, keys)
    const replay = new RelayedReplayWindow(start.replaySinceMs, (claims) =>
      this.#channel.send({ kind: 'claim-proofs', claims }),
    )
    const registry = createRegistry(readVersion())
    createLogMetrics(registry, log)
    const holder = new SnapshotHolder(policies, routes, start.generation)
    const recorder = createRecorder(config.records, log, registry, clock, this.#sinkOf(start))
    const issuers = createRelayedIssuers(config.authentication.issuers, {
      clock,
      fetchOptions: config.issuerKeys,
      ask: (issuer) => this.#channel.send({ kind: 'refresh-issuer', issuer }),
    })
    for (const news of start.issuers) issuers.take(news)
    const endpoints = createIntrospectionClients(config.authentication.issuers, clock, log)
    const tls = { gateway: config.gateway.tls, upstreams: config.upstreams.tls }
    const texts = { ...start.certificates, ...Object.fromEntries(this.#renewed) }
    const certificates = new Certificates(tls, texts)
    const redisTls = this.#redisTls ?? start.redisTls
    const redis = openRedis(withTls(config.redis, redisTls), log, registry, false)
    const ledger = ledgerOn(config.limits, this.#channel.ledger)
    const dataPlane = createDataPlane({
      config,
      limiter: createLimiter(config.limits, ledger, registry),
      holder,
      keys: issuers,
      redis,
      introspection: { endpointOf: (issuer) => endpoints.get(issuer) ?? null },
      apiKeys: this.#apiKeySource(start.apiKeys),
      nonceKey: start.nonceKey,
      replay,
      certificates,
      minter,
      recorder,
      log,
      registry,
      clock,
    })
    const live = livePoliciesOf(holder, memory, createRuleFailureMetrics(registry, holder))
    setInterval(() => {
      this.#channel.send({ kind: 'alive', records: recorder.state() })
    }, start.heartbeatMs).unref()
    this.#serving = {
      live,
      dataPlane,
      recorder,
      issuers,
      replay,
      certificates,
      redis,
      registry,
      log,
    }
    const { digest, ruleCount } = policies
    return { kind: 'built', digest, ruleCount, warnings }
  }

  #identityKeySource(first: SigningKeys): SigningKeySource {
    const latest = (): SigningKeys => this.#identityKeys ?? first
    return {
      get current() {
        return latest()
      },
    }
  }

  /** Null: there are none. */
  #apiKeySource(specs: readonly ApiKeySpec[] | null): ApiKeySource | null {
    if (specs === null) return null
    const first = new ApiKeys(specs)
    this.#apiKeys = first
    const latest = (): ApiKeys => this.#apiKeys ?? first
    return {
      get current() {
        return latest()
      },
    }
  }

  #sinkOf({ relaysRecords, config }: WorkerStart): LogSink | null {
    if (relaysRecords) return this.#channel.recordSink(openSink(config.records))
    const { sink, file } = config.records
    return sink === 'file' && file !== null ? new LogFile(file, true) : null
  }

  async #listen(): Promise<Answers['listen']> {
    const { dataPlane } = this.#started
    return { kind: 'listening', ...(await dataPlane.listen()) }
  }

  async #build(sources: WorkerStart['sources']): Promise<BuildOutcome> {
    const built = await this.#started.live.build(sources, this.#aborted)
    if (built.kind === 'rejected') return built
    this.#built = built
    const { digest, ruleCount, warnings } = built
    return { kind: 'built', digest, ruleCount, warnings }
  }

  async #swap(generation: number): Promise<number> {
    const built = this.#built
    this.#built = null
    if (built === null) throw new Error('There is nothing to swap in')
    return built.swap(generation)
  }

  async #metrics(): Promise<readonly object[]> {
    return (await this.#serving?.registry.getMetricsAsJSON()) ?? []
  }

  #drain(): Promise<void> {
    this.#draining ??= this.#endAll()
    return this.#draining
  }

  async #endAll(): Promise<void> {
    await this.#serving?.dataPlane.drain()
    await this.#serving?.recorder.close()
    await this.#serving?.log.flush?.()
  }

  get #started(): Serving {
    if (this.#serving === null) throw new Error('The worker has not started')
    return this.#serving
  }
}

function toFault(error: unknown): WorkerFault {
  if (!(error instanceof Fault)) throw error
  return { kind: 'fault', code: error.code, message: error.message }
}

/** Runs the worker of this process, forked by a primary. */
export function runWorker(channel: Channel, exitNow: (code: number) => void): void {
  const worker = new ServingWorker(channel, exitNow)
  // Asked of one worker alone it leaves and is replaced; asked of all, the primary says so as well.
  process.on('SIGTERM', () => void worker.leave('SIGTERM'))
  // A terminal and a service manager signal the whole group: these are for the primary.
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGUSR2'] as const) process.on(signal, () => {})
  process.on('uncaughtException', (error) => worker.fail(error))
  process.on('unhandledRejection', (error) => worker.fail(error))
  // Otherwise the end of the primary would end this process in the middle of its requests.
  cluster.worker?.on('disconnect', () => {
    if (cluster.worker !== undefined) cluster.worker.exitedAfterDisconnect = true
  })
}
