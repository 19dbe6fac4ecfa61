import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { defaultIssuerOptions, signatureAlgorithms } from '../../src/authenticate/options.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { knownVariables } from '../../src/config/environment.ts'
import { readSettingValue } from '../../src/config/setting-value.ts'
import { type Setting, type SettingGroup, settingGroups } from '../../src/config/settings.ts'
import { formatDuration, formatSize } from '../../src/config/units.ts'

interface Schema {
  readonly description?: string
  readonly type?: string
  readonly default?: unknown
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly additionalProperties?: boolean
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const schema = JSON.parse(read('src/config/sallyport.schema.json')) as Schema
const docs = read('docs/configuration.md')

const groups = Object.entries<SettingGroup>(settingGroups)
const settings = groups.flatMap(([group, spec]) =>
  Object.entries(spec.settings).map(([key, setting]) => {
    const fallback = (spec.defaults as Readonly<Record<string, unknown>>)[setting.property]
    return { name: `${group}.${key}`, group, key, setting, fallback }
  }),
)

/** Read by hand, because they are lists of objects or come from a file. */
const special = [
  'issuers',
  'check.keys',
  'check.keys_file',
  'gateway.tls',
  'upstreams.tls',
  'upstreams.token_exchange',
]

describe('schema, documentation and defaults are in step', () => {
  test('every property of the options has a setting, and every setting a property', () => {
    for (const [, { part, defaults, settings: ofGroup }] of groups) {
      const named = Object.values(ofGroup).map(({ property }) => property)
      const readApart = {
        authentication: ['issuers'],
        check: ['keys'],
        gateway: ['tls'],
        redis: ['secrets'],
        upstreams: ['tls', 'tokenExchange'],
      }
      const apart = Object.entries(readApart).filter(([name]) => name === part)
      expect([...named, ...apart.flatMap(([, properties]) => properties)].sort()).toEqual(
        Object.keys(defaults).sort(),
      )
      expect(defaults).toBe(defaultConfig[part])
    }
  })

  test('the schema lists exactly the settings, and nothing beside them', () => {
    const listed = Object.entries(schema.properties ?? {}).flatMap(([group, ofGroup]) => {
      expect(ofGroup.items?.additionalProperties ?? ofGroup.additionalProperties).toBe(false)
      return ofGroup.properties === undefined
        ? [group]
        : Object.keys(ofGroup.properties).map((key) => `${group}.${key}`)
    })
    expect(schema.additionalProperties).toBe(false)
    expect(listed.sort()).toEqual([...settings.map(({ name }) => name), ...special].sort())
  })

  test.each(settings)('$name: the schema says default, range and variable', (entry) => {
    const own = schema.properties?.[entry.group]?.properties?.[entry.key] ?? {}
    const { setting, fallback } = entry
    expect(own.description).toMatch(/^[A-Z`].*\.$/u)
    expect(own.enum).toEqual(setting.allowed)
    const isNumber = setting.kind === 'count' || setting.kind === 'port'
    const bounds = isNumber ? [setting.min ?? 0, setting.max ?? 65_535] : [undefined, undefined]
    expect([own.minimum, own.maximum]).toEqual(bounds)
    expect(/Range: ([^.]*)\./u.exec(own.description ?? '')?.[1] ?? null).toBe(rangeOf(setting))
    expect(/Environment: (\w*)\./u.exec(own.description ?? '')?.[1]).toBe(setting.variable)
    const read = Object.hasOwn(own, 'default')
      ? readSettingValue(entry.key, setting, own.default)
      : { ok: true, value: null }
    expect(read).toEqual({ ok: true, value: fallback })
  })

  test.each(settings)('$name: the documentation says default, range and variable', (entry) => {
    const { group, key, setting, fallback } = entry
    const own = schema.properties?.[group]?.properties?.[key] ?? {}
    const [row] = sectionOf(group).filter((line) => line.startsWith(`| \`${key}\` |`))
    const cells = row?.split(' | ') ?? []
    expect(cells[1]).toBe(shownDefault(own.default ?? fallback))
    const range = setting.allowed?.map((value) => `\`${value}\``).join(', ') ?? rangeOf(setting)
    expect(cells[2] ?? '').toBe(range ?? '')
    expect(/Environment: `(\w*)`/u.exec(row ?? '')?.[1]).toBe(setting.variable)
  })

  test('issuers are described with their defaults', () => {
    const own = schema.properties?.['issuers']?.items?.properties ?? {}
    const { algorithms, tokenTypes, subjectPrefix, subjectType, subjectClaim } =
      defaultIssuerOptions
    expect(own['algorithms']?.default).toEqual(algorithms)
    expect(own['algorithms']?.items?.enum).toEqual(signatureAlgorithms)
    expect(own['token_types']?.default).toEqual(tokenTypes)
    expect(own['subject_prefix']?.default).toBe(subjectPrefix)
    expect(own['subject_type']?.default).toBe(subjectType)
    expect(own['subject_claim']?.default).toBe(subjectClaim)
    const rows = sectionOf('issuers')
      .map((line) => /^\| `(\w+)` \|/u.exec(line)?.[1])
      .filter((key) => key !== undefined)
    expect(rows.sort()).toEqual(Object.keys(own).sort())
  })

  test('the documentation has no option that does not exist, and every variable', () => {
    for (const [group] of groups) {
      const rows = sectionOf(group)
        .map((line) => /^\| `(\w+)` \|/u.exec(line)?.[1])
        .filter((key) => key !== undefined)
      const known = Object.keys(schema.properties?.[group]?.properties ?? {})
      expect(rows.sort()).toEqual(known.sort())
    }
    const documented = new Set(docs.match(/SALLYPORT_[A-Z_]+[A-Z]/gu))
    expect([...documented].sort()).toEqual([...knownVariables()].sort())
  })
})

function sectionOf(group: string): readonly string[] {
  const [, after = ''] = docs.split(`### \`${group}\`\n`)
  return (after.split(/\n##/u)[0] ?? '').split('\n')
}

function rangeOf({ kind, min, max }: Setting): string | null {
  if (kind === 'port') return '0 to 65535'
  if (min === undefined) return null
  const format = formatOf(kind)
  return max === undefined ? `at least ${format(min)}` : `${format(min)} to ${format(max)}`
}

function formatOf(kind: Setting['kind']): (value: number) => string {
  if (kind === 'duration-ms') return formatDuration
  if (kind === 'duration-s') return (value) => formatDuration(value * 1_000)
  return kind === 'size' || kind === 'size-or-unlimited' ? formatSize : String
}

function shownDefault(value: unknown): string {
  if (value === null || value === undefined) return 'none'
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.join(', ')
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``
}
