import { readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { IssuerOptions } from '../authenticate/options.ts'
import type { CallerKey } from '../check/options.ts'
import type { UpstreamTlsOptions } from '../upstream/options.ts'
import type { ListenTlsOptions } from '../listen/options.ts'
import { systemErrorCode } from '../model/system-error.ts'
import { type Diagnostic, diagnostic, startOfFile } from '../source/diagnostic.ts'
import { readDocument, type SourceDocument } from '../source/document.ts'
import { quote } from '../source/quote.ts'
import { validateSchema } from '../source/validate-schema.ts'
import { readCallerKeys } from './caller-keys.ts'
import { checkConfig } from './check-config.ts'
import { checkIssuers } from './check-issuers.ts'
import { type Config, defaultConfig } from './config.ts'
import {
  type Environment,
  findUnknownVariables,
  keysFileVariable,
  redisPasswordVariable,
  readEnvironment,
} from './environment.ts'
import { Findings } from './findings.ts'
import { validate } from './sallyport.schema.generated.ts'
import { readIssuer } from './read-issuer.ts'
import { readRedisSecrets } from './redis-secrets.ts'
import { type RawTokenExchange, readTokenExchange } from './read-token-exchange.ts'
import { readSettingValue, readVariable } from './setting-value.ts'
import {
  type RawListenTls,
  type RawUpstreamTls,
  readListenTls,
  readUpstreamTls,
} from './read-tls.ts'
import { type SettingGroup, settingGroups } from './settings.ts'

const maxFileBytes = 1_048_576

export interface ReadConfig {
  /** Null when there are errors. */
  readonly config: Config | null
  readonly diagnostics: readonly Diagnostic[]
  /** For showing the lines that diagnostics are about. */
  readonly texts: ReadonlyMap<string, string>
}

/**
 * The file, then the environment over it. Everything that is wrong is told at once. Paths in the
 * file are relative to the file, those in variables to the working directory.
 */
export async function readConfig(file: string, environment: Environment): Promise<ReadConfig> {
  const warnings = findUnknownVariables(environment)
  const text = await readText(file)
  if (typeof text !== 'string') {
    return { config: null, diagnostics: [text, ...warnings], texts: new Map() }
  }
  const texts = new Map([[file, text]])
  const { document, diagnostics } = readDocument(file, text)
  if (document === null) return { config: null, diagnostics: [...diagnostics, ...warnings], texts }
  const wrong = validateSchema(document, validate)
  // With only unknown keys the rest has the form it should, so the rest is judged as well.
  if (wrong.some(({ code }) => code !== 'unknown-key')) {
    return { config: null, diagnostics: [...wrong, ...warnings], texts }
  }

  const given = readEnvironment(environment)
  const variables = new Map(given.map(({ group, key, variable }) => [`${group}.${key}`, variable]))
  const findings = new Findings(file, document, variables)
  findings.addAll([...warnings, ...wrong])
  const values = new ConfigValues(document, dirname(resolve(file)), findings)
  for (const { group, key, setting, variable, text: variableText } of given) {
    const read = readVariable(variable, setting, variableText)
    if (read.ok) values.override(group, key, read.value)
    else findings.error([group, key], read.code, read.message)
  }
  const config = await values.read(environment)
  checkConfig(config, findings)
  return { config: findings.hasErrors ? null : config, diagnostics: findings.sorted, texts }
}

type Raw = Readonly<Record<string, unknown>>

class ConfigValues {
  readonly #document: SourceDocument
  readonly #dir: string
  readonly #findings: Findings
  readonly #overrides = new Map<string, unknown>()

  constructor(document: SourceDocument, dir: string, findings: Findings) {
    this.#document = document
    this.#dir = dir
    this.#findings = findings
  }

  override(group: string, key: string, value: unknown): void {
    this.#overrides.set(`${group}.${key}`, value)
  }

  async read(environment: Environment): Promise<Config> {
    const parts: Record<string, object> = {}
    for (const [group, spec] of Object.entries<SettingGroup>(settingGroups)) {
      parts[spec.part] = this.#readGroup(group, spec)
    }
    // INVARIANT: settings name properties of the options; a test compares the two.
    const config = { ...defaultConfig, ...parts } as Config
    const issuers = await this.#readIssuers()
    const keys = await this.#readKeys(environment[keysFileVariable])
    const password = environment[redisPasswordVariable] ?? ''
    const secrets = await readRedisSecrets(config.redis, password, this.#findings)
    const tokenExchange = await this.#readTokenExchange()
    return {
      ...config,
      gateway: { ...config.gateway, tls: this.#readListenTls() },
      upstreams: { ...config.upstreams, tls: this.#readUpstreamTls(), tokenExchange },
      authentication: { ...config.authentication, issuers },
      check: { ...config.check, keys },
      redis: { ...config.redis, secrets },
    }
  }

  #readGroup(group: string, { defaults, settings }: SettingGroup): object {
    const options: Record<string, unknown> = { ...defaults }
    const raw = this.#rawGroup(group)
    for (const [key, setting] of Object.entries(settings)) {
      const name = `${group}.${key}`
      if (this.#overrides.has(name)) {
        options[setting.property] = this.#overrides.get(name)
        continue
      }
      const read = Object.hasOwn(raw, key)
        ? readSettingValue(key, setting, raw[key])
        : { ok: true as const, value: options[setting.property] }
      if (!read.ok) this.#findings.error([group, key], read.code, read.message)
      else {
        const { value } = read
        const isPath = setting.kind === 'path' && typeof value === 'string'
        options[setting.property] = isPath ? resolve(this.#dir, value) : value
      }
    }
    return options
  }

  #readListenTls(): ListenTlsOptions | null {
    const raw = this.#rawGroup('gateway')['tls'] as RawListenTls | undefined
    return readListenTls(raw, this.#dir, this.#findings)
  }

  #readUpstreamTls(): readonly UpstreamTlsOptions[] {
    const list = (this.#rawGroup('upstreams')['tls'] ?? []) as readonly RawUpstreamTls[]
    return readUpstreamTls(list, this.#dir, this.#findings)
  }

  #readTokenExchange(): ReturnType<typeof readTokenExchange> {
    const list = (this.#rawGroup('upstreams')['token_exchange'] ?? []) as RawTokenExchange[]
    return readTokenExchange(list, this.#dir, this.#findings)
  }

  async #readIssuers(): Promise<readonly IssuerOptions[]> {
    const list = (this.#root()['issuers'] ?? []) as readonly Raw[]
    const issuers = await Promise.all(
      list.map((raw, index) => readIssuer(raw, index, this.#dir, this.#findings)),
    )
    checkIssuers(issuers, list, this.#findings)
    return issuers
  }

  async #readKeys(fileFromEnvironment: string | undefined): Promise<readonly CallerKey[]> {
    const raw = this.#rawGroup('check')
    const own = ((raw['keys'] ?? []) as readonly CallerKey[]).map(({ id, sha256 }) => ({
      id,
      sha256: sha256.toLowerCase(),
    }))
    const keysFile = raw['keys_file']
    const file =
      fileFromEnvironment !== undefined && fileFromEnvironment !== ''
        ? fileFromEnvironment
        : typeof keysFile === 'string'
          ? resolve(this.#dir, keysFile)
          : null
    const listed = file === null ? null : await readCallerKeys(file)
    this.#findings.addAll(listed?.diagnostics ?? [])
    const keys = [...own, ...(listed?.keys ?? [])]
    for (const [index, { id }] of keys.entries()) {
      if (keys.findIndex((other) => other.id === id) === index) continue
      const path = index < own.length ? ['check', 'keys', index, 'id'] : ['check', 'keys_file']
      this.#findings.error(path, 'duplicate-key-id', `key ${quote(id)} is listed twice`)
    }
    return keys
  }

  #rawGroup(group: string): Raw {
    return (this.#root()[group] ?? {}) as Raw
  }

  #root(): Raw {
    return this.#document.value as Raw
  }
}

async function readText(file: string): Promise<string | Diagnostic> {
  const unreadable = (message: string, hint: string | null): Diagnostic =>
    diagnostic('error', 'unreadable', file, startOfFile, message, hint)
  try {
    const { size } = await stat(file)
    if (size > maxFileBytes) return unreadable(`is larger than ${maxFileBytes} bytes`, null)
    return await readFile(file, 'utf8')
  } catch (error) {
    const code = systemErrorCode(error)
    return code === 'ENOENT'
      ? unreadable(
          'there is no such file',
          'name the configuration with --config or SALLYPORT_CONFIG',
        )
      : unreadable(`cannot be read: ${code}`, null)
  }
}
