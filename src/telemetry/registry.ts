import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'

/** The registry of one process: what Node.js says of itself, and which build this is. */
export function createRegistry(version: string): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
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
