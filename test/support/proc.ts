import { readdir, readFile, readlink } from 'node:fs/promises'

export interface OpenFiles {
  readonly descriptors: number
  readonly sockets: number
  /** Of those sockets, TCP connections and listeners in any state. */
  readonly tcp: number
}

/** What the kernel holds open for a process; null where the system has no `/proc` to ask. */
export async function readOpenFiles(pid: number): Promise<OpenFiles | null> {
  const targets = await readTargets(pid)
  if (targets === null) return null
  const sockets = socketsAmong(targets)
  const inodes = new Set((await readTcp(pid)).map(({ inode }) => inode))
  return {
    descriptors: targets.filter((target) => target !== '').length,
    sockets: sockets.length,
    tcp: sockets.filter((inode) => inodes.has(inode)).length,
  }
}

/** The ports of the clients whose connections to a port of its own a process holds. */
export async function readClientPorts(pid: number, port: number): Promise<ReadonlySet<number>> {
  const sockets = new Set(socketsAmong((await readTargets(pid)) ?? []))
  const held = (await readTcp(pid)).filter(({ inode }) => sockets.has(inode))
  return new Set(held.filter((one) => one.localPort === port).map((one) => one.remotePort))
}

/** Where the descriptors of a process lead; null without `/proc`. */
async function readTargets(pid: number): Promise<readonly string[] | null> {
  let names: readonly string[]
  try {
    names = await readdir(`/proc/${pid}/fd`)
  } catch {
    return null
  }
  return await Promise.all(
    // A descriptor may be closed while the list is read.
    names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')),
  )
}

function socketsAmong(targets: readonly string[]): string[] {
  return targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? [])
}

interface TcpEntry {
  readonly localPort: number
  readonly remotePort: number
  readonly inode: string
}

/** All of its network, whoever they belong to. */
async function readTcp(pid: number): Promise<TcpEntry[]> {
  const texts = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => '')),
  )
  return texts.flatMap((text) =>
    text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => {
        const [, local = '', remote = '', , , , , , , inode = ''] = line.trim().split(/\s+/)
        return { localPort: portOf(local), remotePort: portOf(remote), inode }
      }),
  )
}

/** `0100007F:1F90` */
function portOf(address: string): number {
  return Number.parseInt(address.slice(address.indexOf(':') + 1), 16)
}

/** One letter, as in `/proc/PID/stat`: `R` runs, `S` sleeps, `T` is stopped; null when it is gone. */
export async function readProcessState(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return text === null ? null : (text.slice(text.lastIndexOf(')') + 2)[0] ?? null)
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
