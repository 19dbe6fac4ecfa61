import { runMicro } from './run.ts'

// For a comparison of revisions: each measures itself with its own benchmarks.
process.stdout.write(`${JSON.stringify(await runMicro())}\n`)
