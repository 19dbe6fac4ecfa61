import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import { SnapshotHolder } from '../../src/gateway/snapshot.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { systemClock } from '../../src/model/clock.ts'
import { readFolderSignature } from '../../src/runtime/folder-signature.ts'
import { loadPolicies } from '../../src/runtime/load-policies.ts'
import { CompilerMemory } from '../../src/policy/compiler-memory.ts'
import { livePoliciesOf } from '../../src/runtime/live-policies.ts'
import { createPolicyMetrics, createRuleFailureMetrics } from '../../src/runtime/metrics.ts'
import { PolicyReloader } from '../../src/runtime/reload.ts'
import { UnusablePolicies } from '../../src/runtime/unusable-policies.ts'
import { recordingLog, type LoggedLine } from './recording-log.ts'
import { startTicks } from '../support/ticks.ts'

const roles = `roles:
  reader:
    when: '"readers" in subject.groups'
`

function report(effect: 'permit' | 'deny'): string {
  return `resource: report
actions: [read]
rules:
  - id: only
    ${effect}: [read]
    roles: [reader]
`
}

interface Running {
  readonly holder: SnapshotHolder
  readonly reloader: PolicyReloader
  readonly registry: Registry
  readonly lines: readonly LoggedLine[]
}

/** A slow disk between two files of one change is not to look like the end of it. */
const calmSettleMs = 400

let base = ''
let dir = ''
let running: Running | null = null

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'sallyport-reload-'))
  dir = join(base, 'policies')
  await mkdir(dir)
  await writeFile(join(dir, 'roles.yaml'), roles)
  await writeFile(join(dir, 'report.yaml'), report('permit'))
})

afterEach(async () => {
  await running?.reloader.close()
  running = null
  await rm(base, { recursive: true, force: true })
})

describe('a good change', () => {
  test('decides within a second, as the next generation with another digest', async () => {
    const { holder, registry, lines } = await start()
    const before = holder.current
    expect(effectOf(holder)).toBe('permit')
    const ticks = startTicks()
    await writeFile(join(dir, 'report.yaml'), report('deny'))
    await until(() => effectOf(holder) === 'deny')
    ticks.stop()
    expect(ticks.elapsedMs()).toBeLessThan(1_000)
    expect(holder.current.generation).toBe(2)
    expect(holder.current.policies.digest).not.toBe(before.policies.digest)
    expect(before.policies.rules[0]?.effect).toBe('permit')
    const metrics = await registry.metrics()
    expect(metrics).toContain('sallyport_policy_reload_total{result="swapped"} 1')
    expect(metrics).toContain(`sallyport_policy_info{digest="${holder.current.policies.digest}"} 1`)
    expect(metrics).not.toContain(before.policies.digest)
    expect(metrics).toContain('sallyport_policy_generation 2')
    expect(lines.at(-1)?.message).toContain('the new set decides')
  })

  test('of several files swaps in as one set', async () => {
    const { holder } = await start(calmSettleMs)
    const generations = new Set<string>()
    const sampling = setInterval(() => {
      generations.add(holder.current.policies.digest)
    }, 1)
    for (let index = 0; index < 60; index += 1) {
      await writeFile(
        join(dir, `extra-${index}.yaml`),
        `resource: extra-${index}\nactions: [read]\nrules: []\n`,
      )
    }
    await until(() => holder.current.policies.resources.length === 61)
    await sleep(2 * calmSettleMs)
    clearInterval(sampling)
    expect(generations.size).toBe(2)
    expect(holder.current.generation).toBe(2)
  })

  test('by the data link of a ConfigMap swaps once', async () => {
    await rename(dir, join(base, 'plain'))
    await mkdir(join(dir, '..1'), { recursive: true })
    await layOut(join(dir, '..1'), 'permit')
    await symlink('..1', join(dir, '..data'))
    for (const name of ['roles.yaml', 'report.yaml']) {
      await symlink(join('..data', name), join(dir, name))
    }
    const { holder } = await start()
    expect(effectOf(holder)).toBe('permit')
    await mkdir(join(dir, '..2'))
    await layOut(join(dir, '..2'), 'deny')
    await symlink('..2', join(dir, '..data_tmp'))
    await rename(join(dir, '..data_tmp'), join(dir, '..data'))
    await rm(join(dir, '..1'), { recursive: true })
    await until(() => effectOf(holder) === 'deny')
    expect(holder.current.generation).toBe(2)
  })
})

describe('a bad change', () => {
  test('keeps the last good set and says why, with place', async () => {
    const { holder, reloader, registry, lines } = await start()
    const before = holder.current
    await writeFile(join(dir, 'report.yaml'), report('permit').replace('[reader]', '[raeder]'))
    await until(() => reloader.state.rejected !== null)
    expect(holder.current).toBe(before)
    expect(effectOf(holder)).toBe('permit')
    expect(reloader.state.rejected?.details[0]).toMatch(/^report\.yaml:6:\d+: .*raeder/u)
    const errors = lines.filter(({ level }) => level === 'error')
    expect(JSON.stringify(errors[0]?.fields)).toMatch(/"place":"report\.yaml:6:/u)
    expect(errors.at(-1)?.message).toContain('the last good set goes on deciding')
    const metrics = await registry.metrics()
    expect(metrics).toContain('sallyport_policy_reload_total{result="rejected"} 1')
    expect(metrics).toContain('sallyport_policy_current 0')
  })

  test('is refused as a whole: the good file beside the bad one does not count', async () => {
    const { holder, reloader } = await start()
    await writeFile(join(dir, 'roles.yaml'), 'roles: [')
    await writeFile(join(dir, 'report.yaml'), report('deny'))
    await until(() => reloader.state.rejected !== null)
    await sleep(200)
    expect(effectOf(holder)).toBe('permit')
    await writeFile(join(dir, 'roles.yaml'), roles)
    await until(() => effectOf(holder) === 'deny')
    expect(reloader.state.rejected).toBeNull()
    expect(holder.current.generation).toBe(2)
  })

  test('taken back makes everything as it was, without another generation', async () => {
    const { holder, reloader, registry } = await start()
    await writeFile(join(dir, 'report.yaml'), 'resource: [')
    await until(() => reloader.state.rejected !== null)
    await writeFile(join(dir, 'report.yaml'), report('permit'))
    await until(() => reloader.state.rejected === null)
    expect(holder.current.generation).toBe(1)
    const metrics = await registry.metrics()
    expect(metrics).toContain('sallyport_policy_current 1')
    expect(metrics).toContain('sallyport_policy_reload_total{result="unchanged"} 1')
  })

  test.each([
    ['the folder is emptied', () => emptyFolder()],
    ['the folder goes away', () => rename(dir, join(base, 'away'))],
    ['the folder becomes a file', () => replaceByFile()],
    ['a link leads nowhere', () => symlink('nowhere.yaml', join(dir, 'dangling.yaml'))],
  ])('when %s the last good set goes on deciding', async (_, break_) => {
    const { holder, reloader } = await start()
    await break_()
    await until(() => reloader.state.rejected !== null)
    expect(effectOf(holder)).toBe('permit')
    await rm(dir, { recursive: true, force: true })
    await mkdir(dir)
    await layOut(dir, 'deny')
    await until(() => effectOf(holder) === 'deny')
    expect(reloader.state.rejected).toBeNull()
  })
})

describe('no change', () => {
  test('of what policies say does not swap, though their files were written', async () => {
    const { holder, registry } = await start()
    const before = holder.current
    await writeFile(join(dir, 'report.yaml'), report('permit'))
    await untilAsync(async () =>
      (await registry.metrics()).includes('reload_total{result="unchanged"} 1'),
    )
    expect(holder.current).toBe(before)
  })

  test('a forced reload reads at once and waits for the verdict', async () => {
    const { holder, reloader } = await start()
    await writeFile(join(dir, 'report.yaml'), report('deny'))
    await reloader.reload()
    expect(effectOf(holder)).toBe('deny')
  })
})

describe('conditions that cannot be evaluated', () => {
  test('are counted by rule, across a change of the policies', async () => {
    const failing = report('permit').replace(
      '    roles: [reader]',
      '    when: int(subject.level) > 3',
    )
    await writeFile(join(dir, 'report.yaml'), failing)
    const { holder, reloader, registry } = await start()
    const count = 'sallyport_policy_rule_failures_total{rule="report/only"}'
    expect(effectOf(holder)).toBe('deny')
    expect(await registry.metrics()).toContain(`${count} 1\n`)
    expect(effectOf(holder)).toBe('deny')
    await writeFile(join(dir, 'report.yaml'), `${failing}# changed\n`)
    await reloader.reload()
    expect(holder.current.generation).toBe(2)
    expect(effectOf(holder)).toBe('deny')
    expect(await registry.metrics()).toContain(`${count} 3\n`)
  })
})

describe('a start', () => {
  test('throws every finding when the folder cannot decide anything', async () => {
    await writeFile(join(dir, 'report.yaml'), 'resource: report\nactions: read\n')
    const error = await loadPolicies(dir).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UnusablePolicies)
    expect(error).toMatchObject({ code: 'ERR_READ' })
    expect((error as UnusablePolicies).diagnostics.length).toBeGreaterThan(0)
    await expect(loadPolicies(join(base, 'absent'))).rejects.toThrow(UnusablePolicies)
    await mkdir(join(base, 'empty'))
    await expect(loadPolicies(join(base, 'empty'))).rejects.toThrow('no policy file')
  })

  test('takes up a change that came in while it was starting', async () => {
    const signature = await readFolderSignature(dir)
    const { policies, routes } = await loadPolicies(dir)
    await writeFile(join(dir, 'report.yaml'), report('deny'))
    const holder = new SnapshotHolder(policies, routes)
    running = startWith(holder, signature)
    await until(() => effectOf(holder) === 'deny')
  })
})

async function start(settleMs = 50): Promise<Running> {
  const signature = await readFolderSignature(dir)
  const { policies, routes } = await loadPolicies(dir)
  running = startWith(new SnapshotHolder(policies, routes), signature, settleMs)
  return running
}

function startWith(
  holder: SnapshotHolder,
  signature: Awaited<ReturnType<typeof readFolderSignature>>,
  settleMs = 50,
): Running {
  const registry = new Registry()
  const { log, lines } = recordingLog()
  const reloader = new PolicyReloader({
    policies: { dir, settleMs, pollMs: 500 },
    signature,
    live: livePoliciesOf(holder, new CompilerMemory(), createRuleFailureMetrics(registry, holder)),
    log,
    clock: systemClock,
    metrics: createPolicyMetrics(registry),
  })
  return { holder, reloader, registry, lines }
}

function effectOf(holder: SnapshotHolder): string {
  const request: AccessRequest = {
    subject: { type: 'user', id: 'ada', properties: { groups: ['readers'] } },
    action: { name: 'read', properties: {} },
    resource: { type: 'report', id: '1', properties: {} },
    context: {},
    timeMs: 0,
  }
  return decide(holder.current.policies, request).effect
}

async function layOut(folder: string, effect: 'permit' | 'deny'): Promise<void> {
  await writeFile(join(folder, 'roles.yaml'), roles)
  await writeFile(join(folder, 'report.yaml'), report(effect))
}

async function emptyFolder(): Promise<void> {
  await rm(join(dir, 'roles.yaml'))
  await rm(join(dir, 'report.yaml'))
}

async function replaceByFile(): Promise<void> {
  await rename(dir, join(base, 'away'))
  await writeFile(dir, 'not a folder')
}

function until(isTrue: () => boolean): Promise<void> {
  return untilAsync(() => Promise.resolve(isTrue()))
}

async function untilAsync(isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error('not within 30 s')
    await sleep(5)
  }
}
