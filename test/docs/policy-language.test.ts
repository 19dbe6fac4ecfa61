import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runTests } from '../../src/authoring/run-suite.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import { compileCondition } from '../../src/policy/expression.ts'
import { memberFunctions, plainFunctions } from '../../src/policy/expression-functions.ts'
import { conditionScope, openConditionDeclarations } from '../../src/policy/expression-scope.ts'
import { isTestFile, type PolicySource } from '../../src/policy/load.ts'
import { renderDiagnostics } from '../../src/source/render.ts'

const page = readFileSync(new URL('../../docs/policy-language.md', import.meta.url), 'utf8')

interface Fence {
  readonly language: string
  readonly text: string
}

const fences: readonly Fence[] = Array.from(
  page.matchAll(/^```(?<language>\w+)\n(?<text>[\s\S]*?)^```$/gmu),
  ({ groups }) => ({ language: groups?.['language'] ?? '', text: groups?.['text'] ?? '' }),
)

function named(prefix: string): readonly PolicySource[] {
  return fences.flatMap(({ language, text }) => {
    const path = new RegExp(`^# ${prefix}(policies/\\S+)\\n`, 'u').exec(text)?.[1]
    return language === 'yaml' && path !== undefined ? [{ path, text }] : []
  })
}

const good = named('')
const policies = good.filter(({ path }) => !isTestFile(path))
const suites = good.filter(({ path }) => isTestFile(path))

describe('the examples of docs/policy-language.md', () => {
  it('all say which file they are', () => {
    const yaml = fences.filter(({ language }) => language === 'yaml')
    expect(good.length + named('wrong: ').length).toBe(yaml.length)
    expect(policies.length).toBeGreaterThan(2)
    expect(suites.length).toBeGreaterThan(0)
  })

  it('compile without a finding', () => {
    const texts = new Map(policies.map(({ path, text }) => [path, text]))
    expect(renderDiagnostics(compilePolicies(policies).diagnostics, texts)).toBe('')
  })

  it('pass their tests and reach every route', () => {
    const report = runTests(policies, suites)
    expect(report.diagnostics).toEqual([])
    expect(report.results.filter((result) => !result.passed)).toEqual([])
    expect(report.coverage?.rules.filter(({ reach }) => reach === 'never_asked')).toEqual([])
  })

  it('show the findings that wrong ones yield', () => {
    const wrong = named('wrong: ')
    const texts = new Map(wrong.map(({ path, text }) => [path, text]))
    const { diagnostics } = compilePolicies([...policies, ...wrong])
    const shown = fences.find(({ language }) => language === 'text')?.text
    expect(renderDiagnostics(diagnostics, texts)).toBe(shown)
  })

  it('name conditions that compile', () => {
    const section = page.slice(
      page.indexOf('Some conditions to start from'),
      page.indexOf('YAML has opinions'),
    )
    const rows = section.matchAll(/^\| `(?<condition>[^`]+)` \|/gmu)
    const conditions = Array.from(rows, ({ groups }) => groups?.['condition'] ?? '')
    expect(conditions).toHaveLength(9)
    const rules = conditions.map((text, index) => {
      return `  - { id: r${index}, permit: [see], when: '${text.replaceAll("'", "''")}' }`
    })
    const file = [
      'resource: sample',
      'actions: [see]',
      'attributes: { amount: double, labels: list<string> }',
      'rules:',
      ...rules,
    ].join('\n')
    expect(compilePolicies([{ path: 'sample.yaml', text: file }]).diagnostics).toEqual([])
  })
})

describe('the functions of docs/policy-language.md', () => {
  const start = page.indexOf('\n## Functions')
  const section = page.slice(start, page.indexOf('\n## ', start + 1))
  const rows = Array.from(
    section.matchAll(/^\| `(?<example>.+)` \| `(?<result>.+)` \|$/gmu),
    ({ groups }) => [groups?.['example'] ?? '', groups?.['result'] ?? ''] as const,
  )
  const scope = conditionScope(openConditionDeclarations)
  const request = {
    subject: { type: 'user', id: 'ann', properties: {} },
    action: { name: 'see', properties: {} },
    resource: { type: 'sample', id: '1', properties: {} },
    context: {},
    timeMs: 0,
  }

  it.each(rows)('%s gives %s', (example, result) => {
    const compiled = compileCondition(`${example} == ${result}`, scope)
    expect(compiled.ok && compiled.evaluate(request)).toBe(true)
  })

  it('are all shown there or among the conditions to start from', () => {
    const names = [...plainFunctions.keys(), ...memberFunctions.keys()]
    const known = new Set(
      `bool bytes double duration dyn int size string timestamp type uint contains endsWith matches
       startsWith getFullYear getMonth getDate getDayOfMonth getDayOfWeek getDayOfYear getHours
       getMinutes getSeconds getMilliseconds`.split(/\s+/u),
    )
    const missing = names.filter((name) => !known.has(name) && !section.includes(`${name}(`))
    expect(missing).toEqual([])
  })
})

describe('the codes of docs/policy-language.md', () => {
  const findings = page.slice(page.indexOf('## Findings'))
  const listed = new Set(
    [...findings.matchAll(/^\| (?<codes>`[^|]+`) \|/gmu)].flatMap(({ groups }) =>
      [...(groups?.['codes'] ?? '').matchAll(/`(?<code>[^`]+)`/gu)].map(
        (match) => match.groups?.['code'] ?? '',
      ),
    ),
  )

  it('are those of the source', () => {
    const used = new Set<string>()
    for (const path of globSync('src/{source,policy,authoring}/*.ts')) {
      if (path.endsWith('.generated.ts')) continue
      const text = readFileSync(path, 'utf8')
      const calls =
        /(?:code: |diagnostic\('(?:error|warning)', |atValue\(\s*|#report\(\s*|#stop\(\w+, )'(?<code>[a-z]+(?:-[a-z]+)*)'/gu
      for (const { groups } of text.matchAll(calls)) used.add(groups?.['code'] ?? '')
    }
    for (const what of ['role', 'resource', 'rule', 'scope', 'test', 'variable']) {
      used.add(`duplicate-${what}`)
    }
    for (const what of ['action', 'resource', 'role', 'scope']) used.add(`unknown-${what}`)
    used.add('expression').add('never-equal')
    for (const what of ['host', 'upstream']) used.add(`malformed-${what}`)
    expect([...used].toSorted()).toEqual([...listed].toSorted())
  })
})
