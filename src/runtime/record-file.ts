import { access, constants, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { AuditOptions } from '../audit/options.ts'
import { Fault } from '../model/fault.ts'
import { systemErrorCode } from '../model/system-error.ts'

/**
 * A process that could never write a record must not start: its decisions would go unaccounted.
 * Nothing is opened for it, because opening a named pipe waits for a reader.
 */
export async function checkRecordFile({ sink, file }: AuditOptions): Promise<void> {
  if (sink !== 'file' || file === null) return
  try {
    await access(file, constants.W_OK)
  } catch (error) {
    const code = systemErrorCode(error)
    const cause = code === 'ENOENT' ? await findFolderProblem(dirname(file)) : code
    if (cause === null) return
    const message = `Cannot write decision records to "${file}": ${cause}`
    throw new Fault('ERR_WRITE', message, { cause: error })
  }
}

/** A pipe mixes what several write to it; a file puts each after the others. */
export async function needsOneWriter({ sink, file }: AuditOptions): Promise<boolean> {
  if (sink !== 'file' || file === null) return sink === 'stdout'
  return stat(file).then(
    (stats) => !stats.isFile(),
    () => false,
  )
}

async function findFolderProblem(folder: string): Promise<string | null> {
  try {
    await access(folder, constants.W_OK)
    return null
  } catch (error) {
    return systemErrorCode(error)
  }
}
