import { createServer } from 'node:net'

export interface DemoPorts {
  readonly gateway: number
  readonly check: number
  readonly operations: number
  readonly provider: number
  readonly apps: number
  readonly browser: number
}

export const defaultDemoPorts: DemoPorts = {
  gateway: 8080,
  check: 8181,
  operations: 8282,
  provider: 9400,
  apps: 9500,
  browser: 9600,
}

export const demoHost = '127.0.0.1'

export type DemoPortName = keyof DemoPorts

export const demoPortNames = Object.keys(defaultDemoPorts) as readonly DemoPortName[]

export const demoPortUses: Readonly<Record<DemoPortName, string>> = {
  gateway: 'gateway',
  check: 'decision API',
  operations: 'health and metrics',
  provider: 'identity provider',
  apps: 'sample applications',
  browser: 'browser client',
}

/** Unprivileged ports that browsers and `fetch` refuse to contact (Fetch Standard, "bad port"). */
const blockedPorts: ReadonlySet<number> = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669,
  6679, 6697, 10080,
])

/** A port of its own wins over the offset, which moves all the others together. */
export function choosePorts(offset: number, chosen: Partial<DemoPorts>): DemoPorts {
  const pick = (name: DemoPortName) => chosen[name] ?? defaultDemoPorts[name] + offset
  return {
    gateway: pick('gateway'),
    check: pick('check'),
    operations: pick('operations'),
    provider: pick('provider'),
    apps: pick('apps'),
    browser: pick('browser'),
  }
}

/** Null when all are free; else one message that names every taken port and the way out. */
export async function findTakenPorts(ports: DemoPorts): Promise<string | null> {
  const findings = await Promise.all(
    demoPortNames.map(async (name) => ({ name, code: await tryPort(ports[name]) })),
  )
  const taken = findings.filter(({ code }) => code !== null)
  const twice = demoPortNames.filter((name) =>
    demoPortNames.some((other) => other !== name && ports[other] === ports[name]),
  )
  if (taken.length === 0 && twice.length === 0) return null
  const lines = taken.map(
    ({ name, code }) => `  ${ports[name]}  ${demoPortUses[name]}: ${explainCode(code)}`,
  )
  for (const name of twice) lines.push(`  ${ports[name]}  ${demoPortUses[name]}: chosen twice`)
  return [
    `Cannot start the demo: ${lines.length === 1 ? 'a port is' : 'ports are'} not available`,
    ...lines,
    'Stop what listens there, move every port with --port-offset 1000, or choose single ones with',
    demoPortNames.map((name) => `--${name}-port N`).join(', '),
  ].join('\n')
}

function explainCode(code: string | null): string {
  if (code === 'EADDRINUSE') return 'something else listens there'
  if (code === 'EACCES') return 'this user may not listen there'
  if (code === 'EBLOCKED') return 'browsers and fetch refuse to contact it'
  return code === 'EINVAL' ? 'not a port number' : (code ?? '')
}

function tryPort(port: number): Promise<string | null> {
  if (port < 1) return Promise.resolve('EINVAL')
  if (blockedPorts.has(port)) return Promise.resolve('EBLOCKED')
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    probe.listen({ port, host: demoHost, exclusive: true }, () => {
      probe.close(() => resolve(null))
    })
  })
}
