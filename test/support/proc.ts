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

/** Clock ticks of `/proc/PID/stat`: a hundred a second on every Linux there is. */
const tickMs = 10

/** Processor time used since the process began; null without `/proc`. */
export async function readProcessorMs(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (text === null) return null
  // After the name, which may hold anything: state is the first, utime the twelfth.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tickMs
}
