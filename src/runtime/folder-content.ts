import { Fault } from '../model/fault.ts'
import { PolicyFolderReader } from '../policy/load.ts'
import type { FolderSignature } from './folder-signature.ts'
import type { FolderContent } from './load-policies.ts'

/** The content of a folder that is read whenever it has changed. */
export class FolderContentReader {
  readonly #reader: PolicyFolderReader

  constructor(dir: string) {
    this.#reader = new PolicyFolderReader(dir)
  }

  async read(isFresh: boolean, { entries }: FolderSignature): Promise<FolderContent> {
    try {
      return await this.#reader.read(isFresh, Date.now(), entries)
    } catch (error) {
      if (error instanceof Fault) return error
      throw error
    }
  }
}
