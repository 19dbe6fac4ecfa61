import { Fault } from '../model/fault.ts'

/** Where a listener answers; over a Unix socket the host is `unix:` and its path, and the port 0. */
export interface Address {
  readonly host: string
  readonly port: number
}

interface Listener {
  listen(): Promise<Address>
}

const names = {
  gateway: 'the gateway',
  check: 'the decision API',
  operations: 'health and metrics',
} as const

/** Binds, or throws a Fault that names the port and how to choose another. */
export async function bind(
  group: keyof typeof names,
  wanted: Address & { readonly socket?: string | null },
  listener: Listener,
): Promise<Address> {
  try {
    return await listener.listen()
  } catch (error) {
    const { host, port, socket = null } = wanted
    const variable = `SALLYPORT_${group.toUpperCase()}`
    const place = socket ?? `${host}:${port}`
    const remedy =
      socket === null
        ? `"${group}.port" or ${variable}_PORT, "${group}.host" or ${variable}_HOST`
        : `"${group}.socket" or ${variable}_SOCKET`
    const why = socket === null ? explain(error) : explainSocket(error)
    throw new Fault(
      'ERR_LISTEN',
      `Cannot listen on ${place} for ${names[group]}: ${why}; choose another with ${remedy}`,
      { cause: error },
    )
  }
}

function explainSocket(error: unknown): string {
  const code = findCode(error)
  if (code === 'EADDRINUSE') return 'somebody listens there, or it is a file of another kind'
  return code === 'ENOENT' ? 'there is no such folder' : explain(error)
}

function explain(error: unknown): string {
  const code = findCode(error)
  switch (code ?? '') {
    case 'EADDRINUSE':
      return 'the port is in use'
    case 'EACCES':
      return 'this user may not listen there'
    case 'EADDRNOTAVAIL':
      return 'this machine has no such address'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the host name cannot be resolved'
    default:
      return code ?? (error instanceof Error ? error.message : String(error))
  }
}

function findCode(error: unknown): string | null {
  let current = error
  for (let depth = 0; depth < 4 && current instanceof Error; depth += 1) {
    const { code, syscall } = current as NodeJS.ErrnoException
    if (code !== undefined && syscall !== undefined) return code
    current = current.cause
  }
  return null
}
