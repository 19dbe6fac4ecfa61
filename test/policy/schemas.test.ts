import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

type Json = Readonly<Record<string, unknown>>

const paths = globSync('src/{policy,authoring,config}/*.schema.json').sort()
const schemas = new Map(paths.map((path) => [path, JSON.parse(readFileSync(path, 'utf8')) as Json]))

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function definition(root: Json, reference: unknown): Json {
  const found = String(reference)
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), root)
  return isObject(found) ? found : {}
}

/** A property is what a schema has under "properties"; a property may be called like that as well. */
function undescribed(root: Json, schema: unknown, path: string): readonly string[] {
  if (Array.isArray(schema)) {
    return schema.flatMap((each, at) => undescribed(root, each, `${path}/${at}`))
  }
  if (!isObject(schema)) return []
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const place = `${path}/${keyword}`
    if (!isObject(value)) return undescribed(root, value, place)
    if (keyword !== 'properties' && keyword !== '$defs') return undescribed(root, value, place)
    return Object.entries(value).flatMap(([name, each]) => {
      const said = isObject(each) ? { ...definition(root, each['$ref']), ...each } : {}
      const isSilent = keyword === 'properties' && !said['description']
      return [
        ...(isSilent ? [`${path}/${name}`] : []),
        ...undescribed(root, each, `${path}/${name}`),
      ]
    })
  })
}

describe('the schemas of files', () => {
  it('are those of every kind', () => {
    expect(paths.map((path) => path.replace(/^.*\/|\.schema\.json$/gu, '')).sort()).toEqual(
      'acl definitions policy roles routes sallyport scopes suite types'.split(' '),
    )
  })

  it.each(paths)('describe every property: %s', (path) => {
    const root = schemas.get(path) ?? {}
    expect(undescribed(root, root, '')).toEqual([])
  })

  it('notice a property that nobody describes, in whatever part', () => {
    const root = {
      properties: { a: { $ref: '#/$defs/one' }, properties: { description: 'said' } },
      $defs: { one: { anyOf: [{ properties: { b: { type: 'string' } } }] } },
    }
    expect(undescribed(root, root, '')).toEqual([
      '/a',
      '/$defs/one/anyOf/0/b'.replace('$defs/', ''),
    ])
  })

  it('mean the same by a definition of one name', () => {
    const known = new Map<string, Map<string, string[]>>()
    for (const [path, { $defs }] of schemas) {
      for (const [name, written] of Object.entries(isObject($defs) ? $defs : {})) {
        const versions = known.get(name) ?? new Map<string, string[]>()
        known.set(name, versions)
        const text = JSON.stringify(written)
        versions.set(text, [...(versions.get(text) ?? []), path])
      }
    }
    const unlike = [...known].filter(([, versions]) => versions.size > 1)
    expect(unlike.map(([name, versions]) => [name, ...versions.values()])).toEqual([])
  })
})

describe('the first line of a policy file', () => {
  const files = globSync('policies/**/*.yaml').sort()

  it.each(files)('leads an editor to the schema of its kind: %s', (path) => {
    const text = readFileSync(path, 'utf8')
    const named = /^# yaml-language-server: \$schema=(\S+)\n/u.exec(text)?.[1] ?? ''
    const schema = join(dirname(path), named)
    expect(existsSync(schema)).toBe(true)
    const properties = schemas.get(schema)?.['properties']
    const keys = text.match(/^[a-z_]+(?=:)/gmu) ?? []
    expect(keys.length).toBeGreaterThan(0)
    expect(keys.filter((key) => !isObject(properties) || !Object.hasOwn(properties, key))).toEqual(
      [],
    )
  })
})
