import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// The program of one of several serving processes; `serve` forks it.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/sallyport', import.meta.url)))

const { runWorker } = await import('../runtime/worker.ts')
const { Channel } = await import('../runtime/worker-channel.ts')
runWorker(new Channel(process), (code) => process.exit(code))
