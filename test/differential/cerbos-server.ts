import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const startTimeoutMs = 60_000
const callTimeoutMs = 30_000
/** What one call may ask for. */
export const resourcesPerCall = 50

export interface CerbosCheck {
  readonly principal: {
    readonly id: string
    readonly roles: readonly string[]
    readonly attr: object
  }
  readonly resources: readonly {
    readonly resource: { readonly kind: string; readonly id: string; readonly attr: object }
    readonly actions: readonly string[]
  }[]
}

export type CerbosEffect = 'EFFECT_ALLOW' | 'EFFECT_DENY'

export interface CerbosResult {
  readonly resource: { readonly kind: string }
  readonly actions: Readonly<Record<string, CerbosEffect>>
}

/** The server that the npm package brings, over a socket file, on policies given once. */
export class CerbosServer {
  readonly #dir: string
  readonly #child: ChildProcess
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  #said = ''

  private constructor(dir: string) {
    this.#dir = dir
    const binary = binaryPath()
    const config = join(dir, 'cerbos.yaml')
    this.#child = spawn(binary, ['server', '--config', config, '--log-level', 'error'], {
      cwd: dir,
      env: { HOME: dir, CERBOS_NO_TELEMETRY: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#note(chunk))
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#note(chunk))
  }

  static async start(files: ReadonlyMap<string, string>): Promise<CerbosServer> {
    const dir = mkdtempSync(join(tmpdir(), 'sallyport-cerbos-'))
    mkdirSync(join(dir, 'policies'))
    for (const [name, text] of files) writeFileSync(join(dir, 'policies', name), text)
    const config = {
      server: {
        httpListenAddr: `unix:${join(dir, 'http.sock')}`,
        grpcListenAddr: `unix:${join(dir, 'grpc.sock')}`,
        logRequestPayloads: false,
      },
      telemetry: { disabled: true },
      audit: { enabled: false },
      storage: {
        driver: 'disk',
        disk: { directory: join(dir, 'policies'), watchForChanges: false },
      },
    }
    writeFileSync(join(dir, 'cerbos.yaml'), JSON.stringify(config))
    const server = new CerbosServer(dir)
    try {
      await server.#ready()
    } catch (error) {
      await server.stop()
      throw error
    }
    return server
  }

  async check(body: CerbosCheck): Promise<readonly CerbosResult[]> {
    const { status, text } = await this.#post('/api/check/resources', JSON.stringify(body))
    assert.equal(status, 200, text)
    return (JSON.parse(text) as { results: readonly CerbosResult[] }).results
  }

  async stop(): Promise<void> {
    this.#agent.destroy()
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit')
      this.#child.kill('SIGKILL')
      await ended
    }
    rmSync(this.#dir, { recursive: true, force: true })
  }

  #note(chunk: Buffer): void {
    if (this.#said.length < 20_000) this.#said += chunk.toString('utf8')
  }

  async #ready(): Promise<void> {
    const deadline = Date.now() + startTimeoutMs
    while (Date.now() < deadline) {
      assert.equal(this.#child.exitCode, null, `the Cerbos server ended: ${this.#said}`)
      try {
        const { status } = await this.#post('/api/check/resources', '{}')
        if (status === 400) return
      } catch {
        // Not listening yet.
      }
      await delay(50)
    }
    throw new Error(`the Cerbos server did not start: ${this.#said}`)
  }

  #post(path: string, body: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          socketPath: join(this.#dir, 'http.sock'),
          path,
          method: 'POST',
          agent: this.#agent,
          timeout: callTimeoutMs,
          headers: { 'content-type': 'application/json', host: 'cerbos' },
        },
        (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (chunk: string) => (text += chunk))
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
          response.on('error', reject)
        },
      )
      sent.on('timeout', () => sent.destroy(new Error('the Cerbos server does not answer')))
      sent.on('error', reject)
      sent.end(body)
    })
  }
}

export function binaryPath(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('cerbos/package.json'))
  return require.resolve(`@cerbos/cerbos-${process.platform}-${process.arch}`)
}
