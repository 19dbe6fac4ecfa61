import type { Resource, Subject } from '../model/access-request.ts'
import type { Attributes } from '../model/attributes.ts'
import type { CompiledPolicies } from '../policy/compile.ts'
import { asText, at, type Cursor, entriesAt, entriesOf, itemsOf, textAt } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { suggest } from '../source/suggest.ts'
import type { Answer, Case, Expectation, Question } from './case.ts'
import { actionsOf, checkQuestion } from './check-question.ts'
import {
  checkNames,
  readResource,
  readSubject,
  resourceByName,
  subjectByName,
  type SuiteNames,
} from './suite-names.ts'

/** What all cases of one test have in common. */
interface Setting {
  readonly test: string
  readonly resource: Resource | null
  readonly context: Attributes
  readonly timeMs: number
}

const forms = ['expect', 'table', 'permits'] as const

/** Tests to cases. A name that nothing declares is a finding: the test would pass for a wrong reason. */
export class ReadCases {
  readonly #names: SuiteNames
  readonly #policies: CompiledPolicies
  readonly #nowMs: number
  readonly #findings: Findings

  constructor(names: SuiteNames, policies: CompiledPolicies, nowMs: number, findings: Findings) {
    this.#names = names
    this.#policies = policies
    this.#nowMs = nowMs
    this.#findings = findings
  }

  read(test: Cursor): readonly Case[] {
    const given = forms.filter((form) => at(test, form) !== null)
    const [form] = given
    if (form === undefined || given.length > 1) {
      this.#refuse(
        test,
        form === undefined ? 'the test expects nothing' : 'the test expects in two ways',
        'give one of "expect", "table" and "permits"',
      )
      return []
    }
    const setting = this.#setting(test)
    switch (form) {
      case 'expect':
        return this.#single(test, setting)
      case 'table':
        return this.#table(test, setting)
      case 'permits':
        return this.#permits(test, setting)
    }
  }

  #setting(test: Cursor): Setting {
    const now = textAt(test, 'now')
    const context = at(test, 'context')
    if (context !== null) checkNames(context, 'context', this.#policies.context, this.#findings)
    return {
      test: textAt(test, 'name')?.value ?? '',
      resource: this.#resource(test),
      context: (context?.value ?? {}) as Attributes,
      timeMs: now === null ? this.#nowMs : Date.parse(now.value),
    }
  }

  #single(test: Cursor, setting: Setting): readonly Case[] {
    const place = at(test, 'expect') ?? test
    const expected = this.#expectation(place)
    const subject = this.#subject(test)
    const request = textAt(test, 'request')
    const action = textAt(test, 'action')
    if (request !== null && (action !== null || at(test, 'resource') !== null)) {
      const hint = 'put what the request should stand for under "expect"'
      this.#refuse(test, 'a request says itself what is asked of what', hint)
      return []
    }
    if (at(test, 'subject') === null) {
      this.#refuse(test, 'the test has no "subject"', 'say who asks')
      return []
    }
    if (request === null && (action === null || at(test, 'resource') === null)) {
      const hint = 'give "action" and "resource", or "request"'
      this.#refuse(test, 'the test does not say what is asked', hint)
      return []
    }
    if (subject === null) return []
    const text = request ?? action
    if (text === null) return []
    return this.#case(setting, subject, text.value, text, expected, place)
  }

  #table(test: Cursor, setting: Setting): readonly Case[] {
    this.#refuseKeys(test, ['subject', 'action', 'request'])
    return entriesAt(test, 'table').flatMap(([name, row]) => {
      const subject = subjectByName(name, row, this.#names, this.#findings, 'key')
      if (subject === null) return []
      return entriesOf(row).flatMap(([asked, cell]) => {
        const answer = cell.value as Answer
        return this.#case(setting, subject, asked, cell, justThe(answer), cell)
      })
    })
  }

  /** The actions listed are permitted and all others denied: a whole column of the matrix at once. */
  #permits(test: Cursor, setting: Setting): readonly Case[] {
    this.#refuseKeys(test, ['subject', 'action', 'request'])
    const { resource } = setting
    if (resource === null) {
      if (at(test, 'resource') === null) this.#refuse(test, 'the test has no "resource"', null)
      return []
    }
    const actions = actionsOf(resource, setting.context, this.#policies)
    if (actions === null) {
      this.#check('', resource, setting.context, justThe('deny'), test)
      return []
    }
    return entriesAt(test, 'permits').flatMap(([name, row]) => {
      const subject = subjectByName(name, row, this.#names, this.#findings, 'key')
      if (subject === null) return []
      const permitted = new Map(
        itemsOf(row).flatMap((item) => {
          const text = asText(item)
          return text === null ? [] : [[text.value, text] as const]
        }),
      )
      const { context } = setting
      for (const [action, place] of permitted) {
        if (!actions.includes(action))
          this.#check(action, resource, context, justThe('deny'), place)
      }
      return actions.flatMap((action) => {
        const place = permitted.get(action)
        const expected = justThe(place === undefined ? 'deny' : 'permit')
        return this.#case(setting, subject, action, place ?? row, expected, place ?? row)
      })
    })
  }

  #case(
    setting: Setting,
    subject: Subject,
    asked: string,
    place: Cursor,
    expected: Expectation,
    expectedAt: Cursor,
  ): readonly Case[] {
    const { test, resource, context, timeMs } = setting
    const common = { subject, context, timeMs }
    const span = expectedAt.document.spanOf(expectedAt.path)
    const request = readRequest(asked)
    if (request !== null) {
      if (Object.hasOwn(context, 'policy_version')) {
        this.#refuse(place, 'the route says which version is asked, and no request does', null)
      }
      const text = `${subject.id}: ${asked}`
      return [{ test, span, question: { kind: 'request', ...common, ...request, text }, expected }]
    }
    if (resource === null) {
      if (place.path.includes('table')) this.#refuse(place, 'the test has no "resource"', null)
      return []
    }
    if (!this.#check(asked, resource, context, expected, place)) return []
    const what = resource.id === '' ? resource.type : `${resource.type}/${resource.id}`
    const text = `${subject.id}: ${asked} ${what}`
    return [
      {
        test,
        span,
        question: { kind: 'action', ...common, action: asked, resource, text },
        expected,
      },
    ]
  }

  #subject(test: Cursor): Subject | null {
    const place = at(test, 'subject')
    if (place === null) return null
    const name = asText(place)
    if (name === null) {
      return readSubject(place, 'subject', this.#policies.subject, this.#findings)
    }
    return subjectByName(name.value, name, this.#names, this.#findings, 'value')
  }

  #resource(test: Cursor): Resource | null {
    const place = at(test, 'resource')
    if (place === null) return null
    const { resources } = this.#policies
    const name = asText(place)
    if (name === null) return readResource(place, '', resources, this.#findings)
    return resourceByName(name, this.#names, resources, this.#findings)
  }

  #expectation(place: Cursor): Expectation {
    if (typeof place.value === 'string') return justThe(place.value as Answer)
    const rule = textAt(place, 'rule')
    if (rule !== null) {
      const ids = this.#policies.policies?.rules.map((each) => each.id) ?? []
      if (!ids.some((id) => isRule(id, rule.value))) {
        this.#findings.error(rule, {
          code: 'unknown-rule',
          message: `unknown rule ${quote(rule.value)}`,
          hint: suggest(
            rule.value,
            ids.flatMap((id) => [id, id.slice(id.indexOf('/') + 1)]),
            'rules',
          ),
        })
      }
    }
    return {
      answer: (textAt(place, 'answer')?.value ?? 'deny') as Answer,
      rule: rule?.value ?? null,
      reason: textAt(place, 'reason')?.value ?? null,
      action: textAt(place, 'action')?.value ?? null,
      resource: textAt(place, 'resource')?.value ?? null,
    }
  }

  #refuseKeys(test: Cursor, keys: readonly string[]): void {
    for (const key of keys) {
      const place = at(test, key)
      if (place === null) continue
      this.#findings.errorAtKey(place, {
        code: 'malformed-test',
        message: `${quote(key)} says nothing here: each row of the table says it`,
        hint: 'remove it',
      })
    }
  }

  #refuse(place: Cursor, message: string, hint: string | null): void {
    this.#findings.error(place, { code: 'malformed-test', message, hint })
  }

  #check(
    action: string,
    resource: Resource,
    context: Attributes,
    expected: Expectation,
    place: Cursor,
  ): boolean {
    const policies = this.#policies
    return checkQuestion(action, resource, context, expected, policies, place, this.#findings)
  }
}

/** `RULE` stands for the rule of that name in any resource policy. */
export function isRule(id: string, written: string): boolean {
  return id === written || id.endsWith(`/${written}`)
}

function justThe(answer: Answer): Expectation {
  return { answer, rule: null, reason: null, action: null, resource: null }
}

type RequestLine = Pick<
  Extract<Question, { kind: 'request' }>,
  'method' | 'scheme' | 'host' | 'path' | 'query'
>

/** Null: an action's name. The path is taken as it stands: the gateway normalises before it matches. */
function readRequest(text: string): RequestLine | null {
  const match =
    /^(?<method>[A-Z-]+) +(?:(?<scheme>https?):\/\/(?<host>[^/:]+)(?::\d+)?)?(?<target>\/\S*)$/u.exec(
      text,
    )
  if (match?.groups === undefined) return null
  const { method = '', scheme, host, target = '' } = match.groups
  const question = target.indexOf('?')
  return {
    method,
    scheme: scheme === 'https' ? 'https' : 'http',
    host: (host ?? 'localhost').toLowerCase(),
    path: question === -1 ? target : target.slice(0, question),
    query: question === -1 ? '' : target.slice(question + 1),
  }
}
