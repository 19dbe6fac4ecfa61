import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { childEnvironment } from '../support/child-environment.ts'
import type { GatewayCommand, GatewayUsage } from './gateway-process.ts'

export interface GatewayChild {
  readonly port: number
  /** After garbage was collected, unless told otherwise. */
  usage(isCollected?: boolean): Promise<GatewayUsage>
  /** Settles when the new policies decide. */
  deny(subject: string): Promise<void>
  close(): Promise<void>
}

/** A gateway in a process of its own, with the options of the image. */
export async function startGatewayChild(upstreamOrigin: string): Promise<GatewayChild> {
  const child = fork(join(import.meta.dirname, 'gateway-process.ts'), [upstreamOrigin], {
    env: { ...childEnvironment(), MALLOC_ARENA_MAX: '1' },
    execArgv: ['--max-semi-space-size=4', '--heap-growing-percent=25', '--v8-pool-size=1'],
  })
  const { port } = (await answer(child)) as { port: number }
  const ask = async (command: GatewayCommand): Promise<unknown> => {
    child.send(command)
    return await answer(child)
  }
  return {
    port,
    usage: async (isCollected = true) =>
      (await ask({ kind: 'usage', isCollected })) as GatewayUsage,
    deny: async (subject) => {
      await ask({ kind: 'deny', subject })
    },
    close: async () => {
      child.send({ kind: 'close' } satisfies GatewayCommand)
      await once(child, 'exit')
    },
  }
}

/** The upstream that says everything back, in a process of its own. */
export async function startEchoChild(): Promise<{ readonly port: number; close(): void }> {
  const child = fork(join(import.meta.dirname, 'echo-process.ts'), { env: childEnvironment() })
  const { port } = (await answer(child)) as { port: number }
  return { port, close: () => child.disconnect() }
}

async function answer(child: ChildProcess): Promise<unknown> {
  const { signal, abort } = abortable()
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`The gateway ended with ${String(code)}`)
  })
  // Nobody waits for it once there is an answer.
  ended.catch(() => {})
  const [message] = (await Promise.race([once(child, 'message', { signal }), ended])) as [unknown]
  abort()
  return message
}

function abortable(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}
