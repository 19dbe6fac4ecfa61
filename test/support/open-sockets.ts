import { readdir, readFile, readlink } from 'node:fs/promises'

export interface OpenFiles {
  readonly descriptors: number
  readonly sockets: number
  /** Of those sockets, TCP connections and listeners in any state. */
  readonly tcp: number
}

/** What the kernel holds open for a process; null where the system has no `/proc` to ask. */
export async function readOpenFiles(pid: number): Promise<OpenFiles | null> {
  let names: readonly string[]
  try {
    names = await readdir(`/proc/${pid}/fd`)
  } catch {
    return null
  }
  const targets = await Promise.all(
    // A descriptor may be closed while the list is read.
    names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')),
  )
  const sockets = targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? [])
  const inodes = new Set([
    ...(await readTcpInodes(`/proc/${pid}/net/tcp`)),
    ...(await readTcpInodes(`/proc/${pid}/net/tcp6`)),
  ])
  return {
    descriptors: targets.filter((target) => target !== '').length,
    sockets: sockets.length,
    tcp: sockets.filter((inode) => inodes.has(inode)).length,
  }
}

async function readTcpInodes(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/)[9] ?? '')
}
