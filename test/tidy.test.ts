import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { reasonCodes } from '../src/model/decision.ts'
import { faultCodes } from '../src/model/fault.ts'
import { refusalCodes } from '../src/model/refusal.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const src = join(root, 'src')

const stages = ['listen', 'authenticate', 'route', 'decide', 'enforce', 'audit']

/** Which area may import which others and which packages; type-only imports count. */
const importTable: Record<string, { areas: readonly string[]; packages: readonly string[] }> = {
  model: { areas: [], packages: [] },
  telemetry: { areas: ['model'], packages: ['pino', 'prom-client'] },
  source: { areas: ['model'], packages: ['yaml', 'ajv'] },
  decide: { areas: ['model'], packages: [] },
  listen: { areas: ['model', 'service', 'telemetry'], packages: ['prom-client'] },
  route: { areas: ['model', 'telemetry'], packages: [] },
  authenticate: { areas: ['model', 'telemetry'], packages: ['jose', 'lru-cache', 'prom-client'] },
  upstream: { areas: ['model', 'service'], packages: [] },
  enforce: {
    areas: ['model', 'service', 'telemetry', 'upstream'],
    packages: ['jose', 'prom-client'],
  },
  audit: { areas: ['model', 'telemetry'], packages: ['prom-client'] },
  limit: { areas: ['model'], packages: ['lru-cache', 'prom-client'] },
  redis: {
    areas: [
      'model',
      'telemetry',
      'authenticate/introspection.ts',
      'authenticate/replay-window.ts',
      'issuers/shared-keys.ts',
    ],
    packages: ['ioredis', 'lru-cache', 'prom-client'],
  },
  gateway: {
    areas: ['model', 'telemetry', 'limit', 'upstream', ...stages],
    packages: ['prom-client'],
  },
  service: { areas: ['model', 'telemetry'], packages: [] },
  check: {
    areas: [
      'model',
      'telemetry',
      'service',
      'authenticate',
      'decide',
      'audit',
      'limit',
      'gateway/snapshot.ts',
    ],
    packages: ['hono', '@hono/node-server', 'prom-client'],
  },
  operations: {
    areas: ['model', 'telemetry', 'service'],
    packages: ['hono', '@hono/node-server', 'prom-client'],
  },
  policy: {
    areas: ['model', 'source', 'decide', 'route'],
    packages: ['@marcbachmann/cel-js', '@bufbuild/re2'],
  },
  issuers: {
    areas: ['model', 'telemetry', 'authenticate'],
    packages: ['jose', 'prom-client'],
  },
  certificates: {
    areas: [
      'model',
      'telemetry',
      'listen/options.ts',
      'listen/tls-source.ts',
      'upstream/options.ts',
      'upstream/connector.ts',
    ],
    packages: ['prom-client'],
  },
  credentials: {
    areas: [
      'model',
      'telemetry',
      'source',
      'authenticate/api-keys.ts',
      'authenticate/subject-name.ts',
      'redis/options.ts',
      'certificates/certificate-pair.ts',
      'certificates/watched-files.ts',
      'enforce/identity-token-key.ts',
      'enforce/options.ts',
    ],
    packages: ['jose'],
  },
  authoring: { areas: ['model', 'source', 'policy', 'decide', 'route'], packages: [] },
  embedding: {
    areas: ['model', 'source', 'policy', 'decide', 'authoring/explain.ts'],
    packages: [],
  },
  config: {
    areas: [
      'model',
      'source',
      'listen/options.ts',
      'authenticate/options.ts',
      'issuers/options.ts',
      'enforce/options.ts',
      'upstream/options.ts',
      'check/options.ts',
      'operations/options.ts',
      'audit/options.ts',
      'policy/options.ts',
      'limit/options.ts',
      'redis/options.ts',
      'issuers/options.ts',
      'telemetry/log.ts',
    ],
    packages: [],
  },
  runtime: {
    areas: [
      'model',
      'telemetry',
      'source',
      ...stages,
      'upstream',
      'gateway',
      'check',
      'operations',
      'policy',
      'issuers',
      'certificates',
      'limit',
      'redis',
      'credentials',
      'config',
    ],
    packages: ['prom-client'],
  },
  demo: {
    areas: ['model', 'telemetry', 'source', 'config', 'runtime', 'policy', 'authoring'],
    packages: ['oidc-provider', 'jose', 'hono', '@hono/node-server'],
  },
  cli: {
    areas: [
      'model',
      'telemetry',
      'source',
      'config',
      'authoring',
      'runtime',
      'policy',
      'demo',
      'check/read-evaluation.ts',
      'check/read-json.ts',
      'authenticate/api-key.ts',
    ],
    packages: [],
  },
}

interface SourceFile {
  readonly path: string
  readonly area: string
  readonly text: string
  readonly imports: readonly string[]
}

const files: readonly SourceFile[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !path.endsWith('.generated.ts'),
  )
  .map((path) => {
    const text = readFileSync(join(src, path), 'utf8')
    return { path, area: path.split('/')[0] ?? '', text, imports: importsOf(text) }
  })

function importsOf(text: string): string[] {
  const found = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)
  return [...found].map((match) => match[1] ?? '')
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function forbiddenImports(file: SourceFile): string[] {
  const allowed = importTable[file.area]
  if (allowed === undefined) return [`${file.path}: area "${file.area}" is not in the import table`]
  return file.imports.flatMap((specifier) => {
    if (specifier.startsWith('node:')) return []
    if (!specifier.startsWith('.')) {
      const name = packageName(specifier)
      return allowed.packages.includes(name) ? [] : [`${file.path} imports package ${name}`]
    }
    const target = relative(src, resolve(src, dirname(file.path), specifier))
    const area = target.split('/')[0] ?? ''
    if (area === file.area || target.startsWith('..')) return []
    const mayImport =
      allowed.areas.includes(area) ||
      allowed.areas.includes(target) ||
      (file.path.endsWith('/options.ts') && area === 'source')
    return mayImport ? [] : [`${file.path} imports ${target}`]
  })
}

describe('the source tree', () => {
  it('imports only what the table allows', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(files.flatMap(forbiddenImports)).toEqual([])
  })

  it('lists every area of src in the table', () => {
    const areas = readdirSync(src, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
    expect(areas.toSorted()).toEqual(Object.keys(importTable).toSorted())
  })

  it('keeps files under 300 lines', () => {
    const long = files
      .map((file) => ({ path: file.path, lines: file.text.split('\n').length }))
      .filter(({ lines }) => lines > 300)
    expect(long).toEqual([])
  })

  it('names files in kebab-case and avoids names that say nothing', () => {
    const bad = files
      .map((file) => file.path)
      .filter(
        (path) =>
          !/^[a-z0-9/-]+\.ts$/.test(path) ||
          /(^|\/)(index|utils?|helpers?|common|misc|types)\.ts$/.test(path),
      )
    expect(bad).toEqual([])
  })

  it('has no unfinished work and no switched-off types', () => {
    const words = /\b(TODO|FIXME|XXX|HACK)\b|@ts-(ignore|nocheck)/
    expect(
      files
        .filter((file) => file.path !== 'source/build-validators.ts')
        .filter((file) => words.test(file.text))
        .map((file) => file.path),
    ).toEqual([])
  })

  it('generates no code from strings', () => {
    const generation = /\bnew Function\b|(^|[^.\w])eval\(/m
    expect(files.filter((file) => generation.test(file.text)).map((file) => file.path)).toEqual([])
  })
})

describe('docs/errors.md', () => {
  const documented = new Set(
    [...readFileSync(join(root, 'docs/errors.md'), 'utf8').matchAll(/^\| `([^`]+)` \|/gm)].map(
      (match) => match[1],
    ),
  )
  const codes = [...refusalCodes, ...reasonCodes, ...faultCodes]

  it('explains every code', () => {
    expect(codes.filter((code) => !documented.has(code))).toEqual([])
  })

  it('explains no code that does not exist', () => {
    const known = new Set<string>(codes)
    expect([...documented].filter((code) => !known.has(code ?? ''))).toEqual([])
  })
})

describe('package-lock.json', () => {
  interface Lock {
    readonly packages: Readonly<
      Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>
    >
  }
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock

  it('names the packages of every platform, so that any machine can install from it', () => {
    const missing = Object.entries(lock.packages).flatMap(([place, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter(
        (name) =>
          lock.packages[`node_modules/${name}`] === undefined &&
          lock.packages[`${place}/node_modules/${name}`] === undefined,
      ),
    )
    expect(missing).toEqual([])
  })
})
