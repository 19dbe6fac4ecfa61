import type { Caller } from './caller.ts'
import { findPerson } from './people.ts'

/** One thing a page wants to know before it offers it. */
export interface Question {
  readonly action: string
  readonly type: string
  readonly id: string
  readonly properties?: Readonly<Record<string, unknown>>
}

/** Answers in the order of the questions. */
export type AskPermissions = (
  caller: Caller,
  questions: readonly Question[],
) => Promise<readonly boolean[]>

const timeoutMs = 2_000

/**
 * Asks the decision API (AuthZEN evaluations) what the caller may do, so that a page shows only
 * that. The gateway decides again when the link is followed, so an answer is never relied upon:
 * when none comes, nothing is offered.
 */
export function createPermissions(checkUrl: string, key: string): AskPermissions {
  return async (caller, questions) => {
    if (questions.length === 0) return []
    const body = {
      subject: { type: 'user', id: caller.id, properties: attributesOf(caller.id) },
      evaluations: questions.map(({ action, type, id, properties }) => ({
        action: { name: action },
        resource: { type, id, properties: properties ?? {} },
      })),
    }
    try {
      const response = await fetch(`${checkUrl}/access/v1/evaluations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      })
      if (!response.ok) return questions.map(() => false)
      return readDecisions(await response.json(), questions.length)
    } catch {
      return questions.map(() => false)
    }
  }
}

/** The company's directory, which an application has; the gateway has the token's claims. */
function attributesOf(id: string) {
  const { department, groups } = findPerson(id) ?? { department: '', groups: [] }
  return { department, groups }
}

function readDecisions(answer: unknown, count: number): readonly boolean[] {
  const evaluations =
    typeof answer === 'object' && answer !== null && 'evaluations' in answer
      ? answer.evaluations
      : []
  const list: readonly unknown[] = Array.isArray(evaluations) ? evaluations : []
  return Array.from({ length: count }, (_, index) => {
    const item = list[index]
    return typeof item === 'object' && item !== null && 'decision' in item && item.decision === true
  })
}
