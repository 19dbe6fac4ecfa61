import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Supervised, supervise } from '../../src/runtime/lifecycle.ts'
import { type LoggedLine, recordingLog } from './recording-log.ts'

let events: EventEmitter
let exits: number[]
let lines: readonly LoggedLine[]

beforeEach(() => {
  events = new EventEmitter()
  exits = []
})

describe('stopping', () => {
  test.each(['SIGTERM', 'SIGINT'])('%s closes once and settles', async (signal) => {
    let closed = 0
    const stopped = start({
      close: async () => {
        await sleep(10)
        closed += 1
      },
    })
    events.emit(signal, signal)
    await stopped
    expect([closed, exits]).toEqual([1, []])
  })

  test('a second signal ends at once', async () => {
    void start({ close: () => new Promise(() => {}) })
    events.emit('SIGTERM', 'SIGTERM')
    expect(exits).toEqual([])
    events.emit('SIGINT', 'SIGINT')
    expect(exits).toEqual([1])
  })

  test('is cut short when closing takes too long', async () => {
    void start({ close: () => new Promise(() => {}) }, 30)
    events.emit('SIGTERM', 'SIGTERM')
    await sleep(80)
    expect(exits).toEqual([1])
    expect(lines.at(-1)).toMatchObject({ level: 'error', fields: { timeoutMs: 30 } })
  })

  test('an error while closing ends the process with an error', async () => {
    void start({ close: () => Promise.reject(new Error('disk gone')) })
    events.emit('SIGTERM', 'SIGTERM')
    await sleep(1)
    expect(exits).toEqual([1])
  })
})

describe('errors nobody handled', () => {
  test.each(['uncaughtException', 'unhandledRejection'])('%s ends the process', (event) => {
    void start({})
    events.emit(event, new Error('lost'), event)
    expect(exits).toEqual([1])
    expect(lines.at(-1)).toMatchObject({ level: 'error', fields: { err: { message: 'lost' } } })
  })
})

describe('SIGHUP', () => {
  test('reloads and goes on', async () => {
    let reloads = 0
    void start({
      reload: async () => {
        reloads += 1
      },
    })
    events.emit('SIGHUP', 'SIGHUP')
    events.emit('SIGHUP', 'SIGHUP')
    await sleep(1)
    expect([reloads, exits]).toEqual([2, []])
  })
})

function start(runtime: Partial<Supervised>, closeTimeoutMs = 1_000): Promise<void> {
  const recording = recordingLog()
  lines = recording.lines
  const { stopped } = supervise(
    { reload: () => Promise.resolve(), close: () => Promise.resolve(), ...runtime },
    { log: recording.log, events, closeTimeoutMs, exitNow: (code) => exits.push(code) },
  )
  return stopped
}
