import { availableParallelism } from 'node:os'
import type { Config } from '../config/config.ts'

/** More would share too little: a machine with so many processors serves from several hosts. */
const mostByDefault = 64

/** How many processes serve; 0 in the configuration means one for each processor. */
export function countWorkers({ gateway }: Config): number {
  return gateway.workers > 0 ? gateway.workers : Math.min(availableParallelism(), mostByDefault)
}

/** The configuration of one worker: what is bounded for the whole is shared out equally. */
export function shareOf(config: Config, workers: number): Config {
  const share = (whole: number): number => Math.ceil(whole / workers)
  return {
    ...config,
    gateway: {
      ...config.gateway,
      maxConnections: share(config.gateway.maxConnections),
      maxUpgrades: share(config.gateway.maxUpgrades),
    },
    upstreams: { ...config.upstreams, maxConnections: share(config.upstreams.maxConnections) },
  }
}
