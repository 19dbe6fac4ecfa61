import { AggregatorRegistry, Counter, Gauge, type Registry } from 'prom-client'
import type { WorkerPool } from './worker-pool.ts'
import type { ExitCause } from './worker-process.ts'

/** A worker that does not answer in time is represented by its last numbers. */
const askTimeoutMs = 1_000

interface Metric {
  readonly name: string
  readonly type: string
  readonly aggregator: string
}

/** The numbers of all processes as one, in the form that the operations listener serves. */
export class PooledMetrics {
  readonly #own: Registry
  readonly #pool: () => WorkerPool
  readonly #exits: Counter<'cause'>
  /** What ended workers had counted: a sum that fell would read as a restart and be added again. */
  #retired: (readonly Metric[])[] = []

  constructor(own: Registry, pool: () => WorkerPool) {
    this.#own = own
    this.#pool = pool
    const registers = [own]
    const workers: Gauge = new Gauge({
      name: 'sallyport_runtime_workers',
      help: 'Worker processes that serve',
      registers,
      collect: () => workers.set(pool().serving.length),
    })
    const wanted: Gauge = new Gauge({
      name: 'sallyport_runtime_workers_wanted',
      help: 'Worker processes that there should be',
      registers,
      collect: () => wanted.set(pool().size),
    })
    this.#exits = new Counter({
      name: 'sallyport_runtime_worker_exits_total',
      help: 'Workers that ended although nobody had asked them to, by cause: killed, crashed, hung',
      labelNames: ['cause'] as const,
      registers,
    })
    for (const cause of ['killed', 'crashed', 'hung'] as const) this.#exits.inc({ cause }, 0)
  }

  get contentType(): string {
    return this.#own.contentType
  }

  countExit(cause: ExitCause): void {
    this.#exits.inc({ cause })
  }

  retire(metrics: readonly object[]): void {
    const counted = (metrics as readonly Metric[]).filter(({ type }) => type !== 'gauge')
    if (counted.length > 0) this.#retired.push(counted)
  }

  async metrics(): Promise<string> {
    const own = (await this.#own.getMetricsAsJSON()) as unknown as readonly Metric[]
    await Promise.all(
      this.#pool().living.map(async (worker) => {
        const answer = await worker.ask({ kind: 'metrics' }, askTimeoutMs)
        if (answer !== null) worker.metrics = answer.metrics
      }),
    )
    await this.#sumRetired()
    // In one turn from here on: whoever ended meanwhile is among the retired, and nowhere else.
    const workers = this.#pool().living.map(({ metrics }) => metrics as readonly Metric[])
    const all = [own, ...workers, ...this.#retired].map((metrics) => metrics.map(withSense))
    return AggregatorRegistry.aggregate(all).metrics()
  }

  async #sumRetired(): Promise<void> {
    const parts = this.#retired
    const { length } = parts
    if (length < 2) return
    const sum = await AggregatorRegistry.aggregate([...parts]).getMetricsAsJSON()
    // Those that came meanwhile follow; another reading may have done the same.
    if (parts !== this.#retired) return
    this.#retired = [sum as unknown as readonly Metric[], ...parts.slice(length)]
  }
}

/** An average hides the one process that is late, and the start of the whole is that of the first. */
function withSense(metric: Metric): Metric {
  if (metric.name === 'process_start_time_seconds') return { ...metric, aggregator: 'min' }
  return metric.aggregator === 'average' ? { ...metric, aggregator: 'max' } : metric
}
