import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { freeDemoPorts, makePoliciesCopy, runSallyport, startDemoProcess } from './demo-process.ts'
import type { DemoProcess } from './demo-process.ts'

/** What a user sees who pastes the commands of each stop into one shell. */
type Stops = readonly { readonly title: string; readonly output: string }[]

const separator = '=-=-=-='

describe('the tour, pasted as printed', () => {
  let demo: DemoProcess
  let stops: Stops
  let recordsFile: string
  let complaints: string

  beforeAll(async () => {
    demo = await startDemoProcess()
    recordsFile = /(\S+decisions\.ndjson)/.exec(demo.tour)?.[1] ?? ''
    const parts = demo.tour.split(/^(?=\d+\.)/m).slice(1)
    const script = parts
      .map((part) => {
        const commands = part.split('\n').filter((line) => line.startsWith('    '))
        return [`printf '%s\\n' '${separator}'`, ...commands].join('\n')
      })
      .join('\n')
    const { stdout, stderr } = await demo.bash(script)
    complaints = stderr
    const outputs = stdout.split(`${separator}\n`).slice(1)
    stops = parts.map((part, index) => ({
      title: part.split('\n')[0] ?? '',
      output: outputs[index] ?? '',
    }))
  })

  afterAll(() => demo.remove())

  function outputOf(title: RegExp): string {
    const found = stops.filter((stop) => title.test(stop.title))
    expect(found).toHaveLength(1)
    return found[0]?.output ?? ''
  }

  it('has no command that a shell does not know', () => {
    expect(complaints).not.toMatch(/not found|syntax error|No such file/i)
  })

  it('lets the accountant read an invoice', () => {
    const invoice = JSON.parse(outputOf(/Sign her in/)) as unknown
    expect(invoice).toMatchObject({ id: 'INV-3001', supplier: 'Northwind Hosting' })
  })

  it('shows everybody the page that is public', () => {
    expect(JSON.parse(outputOf(/for everybody/))).toMatchObject({
      application: 'source repository',
    })
  })

  it('shows a denial with a decision id, and a refusal with a challenge', () => {
    const output = outputOf(/not for her/)
    const denial = JSON.parse(output.split('\n')[0] ?? '') as Record<string, unknown>
    expect(denial).toMatchObject({ status: 403, code: 'no_applicable_rule' })
    expect(denial['decision_id']).toMatch(/^\S{8,}$/)
    expect(output).toMatch(/^HTTP\/1\.1 401 /m)
    expect(output).toMatch(/^WWW-Authenticate: Bearer/im)
    expect(output).toContain('credential_missing')
  })

  it('finds the decision record by that id', () => {
    const denial = JSON.parse(outputOf(/not for her/).split('\n')[0] ?? '') as {
      decision_id: string
    }
    const record = JSON.parse(outputOf(/record of it says/)) as Record<string, unknown>
    expect(record['id']).toBe(denial.decision_id)
    expect(JSON.stringify(record)).toContain('no_applicable_rule')
    expect(JSON.stringify(record)).not.toContain('eyJ')
  })

  it('explains the same denial from the policies', () => {
    const output = outputOf(/Put the same question/)
    expect(output).toContain('DENY: "amara" may not read repository "payments"')
    expect(output).toContain('engineers-read-everything')
  })

  it('lets a manager approve what is not her own', () => {
    const [approved = '', denied = ''] = outputOf(/Mona approves/).split(/\n(?=\{"type")/)
    expect(JSON.parse(approved)).toMatchObject({ status: 'approved', approvedBy: 'mona' })
    expect(JSON.parse(denied)).toMatchObject({ status: 403, code: 'denied_by_rule' })
  })

  it('turns a denial into a permit by an edit, without a restart', () => {
    const [denied = '', ...permitted] = outputOf(/Cora, a contractor/).split('\n')
    expect(JSON.parse(denied)).toMatchObject({ status: 403 })
    expect(JSON.parse(permitted.join('\n'))).toMatchObject({ name: 'payments' })
    expect(demo.stderr()).toContain('Policies changed')
  })

  it('has tests that notice the edit, and undoes it', async () => {
    const output = outputOf(/Undo the edit/)
    expect(output).toContain('cora')
    expect(JSON.parse(output.trim().split('\n').at(-1) ?? '')).toMatchObject({ status: 403 })
    const original = new URL('../../policies/repository.yaml', import.meta.url)
    const now = await readFile(join(demo.dir, 'policies/repository.yaml'), 'utf8')
    expect(now).toBe(await readFile(original, 'utf8'))
  })

  it('answers an AuthZEN question', () => {
    expect(JSON.parse(outputOf(/Any service can ask/))).toMatchObject({ decision: true })
  })

  it('is not gone around', () => {
    const output = outputOf(/Going around/)
    expect(output).toContain('did not come through the gateway')
    expect(output).not.toContain('INV-')
  })

  it('shows what an operator sees', () => {
    const output = outputOf(/operator sees/)
    expect(output).toContain('"ready"')
    expect(output).toMatch(/^sallyport_\w+/m)
  })

  it('says denials and policy changes in plain sentences, and never a token', () => {
    expect(demo.stderr()).toMatch(/Denied a request: .*subject amara.*repository\/payments/)
    expect(demo.stderr()).not.toMatch(/eyJ[\w-]+\./)
  })

  it('stops on Ctrl-C, cleanly and soon, whoever is still talking, and leaves nothing', async () => {
    const open = Object.values(demo.ports).map((port) => connect(port, '127.0.0.1'))
    for (const socket of open) {
      socket.on('error', () => {})
      socket.write('POST / HTTP/1.1\r\nHost: git.localhost\r\nContent-Length: 9\r\n\r\nhalf')
    }
    await Promise.all(open.map((socket) => once(socket, 'connect')))
    const { code, tookMs } = await demo.interrupt()
    expect(code).toBe(0)
    // Well before the time-outs of those who talk.
    expect(tookMs).toBeLessThan(8_000)
    await expect(readFile(recordsFile)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('a demo that cannot start', () => {
  it('names the taken ports, and how to choose others', async () => {
    const dir = await makePoliciesCopy()
    const server = createServer()
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const { port } = server.address() as AddressInfo
    const run = await runSallyport(['demo', '--gateway-port', String(port)], dir)
    server.close()
    await rm(dir, { recursive: true })
    expect(run.code).toBe(3)
    expect(run.stderr).toContain(`${port}  gateway: something else listens there`)
    expect(run.stderr).toContain('--port-offset')
  })

  it('says that there is no policies folder', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sallyport-empty-'))
    const run = await runSallyport(['demo'], dir)
    await rm(dir, { recursive: true })
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('there is no folder "./policies" here')
  })

  it('says in one line that it needs the development dependencies', async () => {
    const hideProvider = `import { registerHooks } from 'node:module'
      registerHooks({ resolve(specifier, context, next) {
        if (specifier !== 'oidc-provider') return next(specifier, context)
        throw Object.assign(new Error('not here'), { code: 'ERR_MODULE_NOT_FOUND' })
      } })`
    const dir = await makePoliciesCopy()
    const ports = Object.entries(await freeDemoPorts()).flatMap(([name, port]) => [
      `--${name}-port`,
      String(port),
    ])
    const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(hideProvider)}`]
    const run = await runSallyport(['demo', ...ports], dir, nodeArgs)
    await rm(dir, { recursive: true })
    expect(run.code).toBe(3)
    expect(run.stderr.trim().split('\n')).toHaveLength(1)
    expect(run.stderr).toContain('needs a checkout with development dependencies (npm ci)')
  })

  it('says where the policies are wrong', async () => {
    const dir = await makePoliciesCopy()
    await writeFile(join(dir, 'policies/report.yaml'), 'resource: report\nactionz: [view]\n')
    const ports = Object.entries(await freeDemoPorts()).flatMap(([name, port]) => [
      `--${name}-port`,
      String(port),
    ])
    const run = await runSallyport(['demo', ...ports], dir)
    await rm(dir, { recursive: true })
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('report.yaml:2:1')
  })

  it('has no token to give while it does not run', async () => {
    const run = await runSallyport(['demo', 'token', 'amara', '--provider-port', '1'], tmpdir())
    expect(run.code).toBe(3)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain('npm start')
  })

  it('lists the people when asked for somebody else', async () => {
    const run = await runSallyport(['demo', 'token', 'mallory'], tmpdir())
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('amara (Accountant)')
  })
})
