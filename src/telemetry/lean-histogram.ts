import type { Metric, Registry } from 'prom-client'

export interface LeanHistogramOptions {
  readonly name: string
  readonly help: string
  /** Upper bounds, ascending. */
  readonly bounds: readonly number[]
  readonly registry: Registry
}

/**
 * A histogram without labels whose observation is a search and an addition: prom-client's own hashes
 * labels on every call. It is written out by the same registry.
 */
export class LeanHistogram {
  readonly #bounds: readonly number[]
  readonly #counts: Float64Array
  #sum = 0

  constructor({ name, help, bounds, registry }: LeanHistogramOptions) {
    this.#bounds = bounds
    this.#counts = new Float64Array(bounds.length + 1)
    const metric = {
      name,
      get: () => ({ name, help, type: 'histogram', aggregator: 'sum', values: this.#values(name) }),
      reset: () => {
        this.#counts.fill(0)
        this.#sum = 0
      },
    }
    registry.registerMetric(metric as unknown as Metric)
  }

  observe(value: number): void {
    const bounds = this.#bounds
    let index = 0
    while (index < bounds.length && value > (bounds[index] ?? Infinity)) index += 1
    this.#counts[index] = (this.#counts[index] ?? 0) + 1
    this.#sum += value
  }

  #values(name: string): object[] {
    let count = 0
    const values: object[] = []
    for (const [index, bound] of [...this.#bounds, '+Inf'].entries()) {
      count += this.#counts[index] ?? 0
      values.push({ metricName: `${name}_bucket`, labels: { le: bound }, value: count })
    }
    values.push({ metricName: `${name}_sum`, labels: {}, value: this.#sum })
    values.push({ metricName: `${name}_count`, labels: {}, value: count })
    return values
  }
}
