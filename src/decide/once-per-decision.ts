import type { AccessRequest } from '../model/access-request.ts'

/** What the values kept at the moment are about; null: nothing has been worked out yet. */
let current: AccessRequest | null = null
let turn = 0

/** Nothing is kept from one decision to the next: the caller may have changed the request. */
export function beginDecision(): void {
  current = null
}

/** The same, worked out at most once a decision however many conditions read it. */
export function oncePerDecision<Value>(
  evaluate: (request: AccessRequest) => Value,
): (request: AccessRequest) => Value {
  let kept: Value | undefined
  let keptTurn = 0
  return (request) => {
    if (request !== current) {
      current = request
      turn += 1
    }
    if (keptTurn !== turn) {
      kept = evaluate(request)
      keptTurn = turn
    }
    return kept as Value
  }
}
