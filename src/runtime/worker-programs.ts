import cluster from 'node:cluster'
import { WorkerProcess } from './worker-process.ts'

/**
 * Starts the programs of the first workers: they load while the primary loads its own and reads what
 * it will hand to them. Those that come later are started in the same way.
 */
export function startWorkerPrograms(file: string, count: number): readonly WorkerProcess[] {
  // What starts a worker needs the permission to; what serves does not.
  const execArgv = process.execArgv.filter((flag) => flag !== '--allow-child-process')
  cluster.schedulingPolicy = cluster.SCHED_NONE
  cluster.setupPrimary({ exec: file, args: [], execArgv, serialization: 'advanced' })
  return Array.from({ length: count }, (_, at) => new WorkerProcess(at + 1))
}
