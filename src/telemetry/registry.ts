import { readdir } from 'node:fs/promises'
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client'
import { PacedRegistry } from './paced-registry.ts'

/** To count these, every open connection is looked at, with every reading. */
const costly = ['handles', 'requests', 'resources'].flatMap((kind) => [
  `nodejs_active_${kind}`,
  `nodejs_active_${kind}_total`,
])

const openFiles = 'process_open_fds'

/** The registry of one process: what Node.js says of itself, and which build this is. */
export function createRegistry(version: string): Registry {
  const registry = new PacedRegistry()
  collectDefaultMetrics({ register: registry })
  for (const name of [...costly, openFiles]) registry.removeSingleMetric(name)
  countOpenFiles(registry)
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

/** As prom-client does it, but without keeping everybody waiting for as long as it takes. */
function countOpenFiles(registry: Registry): void {
  if (process.platform !== 'linux') return
  const gauge: Gauge = new Gauge({
    name: openFiles,
    help: 'Number of open file descriptors.',
    registers: [registry],
    collect: async () => {
      const names = await readdir('/proc/self/fd').catch(() => null)
      // One was open to read the others.
      if (names !== null) gauge.set(names.length - 1)
    },
  })
}
