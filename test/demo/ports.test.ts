import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'

import { afterEach, describe, expect, it } from 'vitest'

import { choosePorts, defaultDemoPorts, findTakenPorts } from '../../src/demo/ports.ts'
import type { DemoPorts } from '../../src/demo/ports.ts'
import { freePorts } from '../support/free-ports.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function takePort(): Promise<number> {
  const server = createServer()
  servers.push(server)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return (server.address() as AddressInfo).port
}

async function freeDemoPorts(): Promise<DemoPorts> {
  const free = await freePorts(6)
  const [gateway = 0, check = 0, operations = 0, provider = 0, apps = 0, browser = 0] = free
  return { gateway, check, operations, provider, apps, browser }
}

describe('choosing ports', () => {
  it('moves all by the offset but those that are chosen', () => {
    expect(choosePorts(1_000, { apps: 7_000 })).toEqual({
      gateway: 9_080,
      check: 9_181,
      operations: 9_282,
      provider: 10_400,
      browser: 10_600,
      apps: 7_000,
    })
    expect(choosePorts(0, {})).toEqual(defaultDemoPorts)
  })
})

describe('checking ports', () => {
  it('finds nothing to say about free ones', async () => {
    expect(await findTakenPorts(await freeDemoPorts())).toBeNull()
  })

  it('names every taken port, and how to choose others, in one message', async () => {
    const ports = await freeDemoPorts()
    const gateway = await takePort()
    const apps = await takePort()
    const message = await findTakenPorts({ ...ports, gateway, apps })
    expect(message).toContain(`${gateway}  gateway: something else listens there`)
    expect(message).toContain(`${apps}  sample applications: something else listens there`)
    expect(message).not.toContain('identity provider:')
    expect(message).toContain('--port-offset 1000')
    expect(message).toContain('--gateway-port N')
  })

  it('refuses a port that browsers and fetch do not contact, as --port-offset 2000 gives', async () => {
    const { gateway } = choosePorts(2_000, {})
    const message = await findTakenPorts({ ...(await freeDemoPorts()), gateway })
    expect(message).toContain('10080  gateway: browsers and fetch refuse to contact it')
  })

  it('notices a port that is chosen twice', async () => {
    const ports = await freeDemoPorts()
    const message = await findTakenPorts({ ...ports, apps: ports.gateway })
    expect(message).toContain('chosen twice')
  })
})
