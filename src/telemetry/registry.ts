import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'

/** To count these, every open connection is looked at, with every reading. */
const costly = ['handles', 'requests', 'resources'].flatMap((kind) => [
  `nodejs_active_${kind}`,
  `nodejs_active_${kind}_total`,
])

/** The registry of one process: what Node.js says of itself, and which build this is. */
export function createRegistry(version: string): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const name of costly) registry.removeSingleMetric(name)
  const build = new Gauge({
    name: 'sallyport_build_info',
    help: 'Always 1; the labels say which build this is',
    labelNames: ['version', 'node'],
    aggregator: 'first',
    registers: [registry],
  })
  build.set({ version, node: process.versions.node }, 1)
  return registry
}
