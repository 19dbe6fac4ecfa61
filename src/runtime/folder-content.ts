import { Fault } from '../model/fault.ts'
import { PolicyFolderReader } from '../policy/load.ts'
import type { FolderContent } from './load-policies.ts'

/** The content of a folder that is read whenever it has changed. */
export class FolderContentReader {
  readonly #reader: PolicyFolderReader

  constructor(dir: string) {
    this.#reader = new PolicyFolderReader(dir)
  }

  async read(isFresh: boolean): Promise<FolderContent> {
    try {
      return await this.#reader.read(isFresh, Date.now())
    } catch (error) {
      if (error instanceof Fault) return error
      throw error
    }
  }
}
