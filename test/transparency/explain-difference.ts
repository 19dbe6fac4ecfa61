interface Explanation {
  readonly why: string
  readonly id: RegExp
  readonly direct: RegExp
  readonly through: RegExp
}

/** What must differ behind a gateway that decides; `docs/http.md` says the same to people. */
const explanations: readonly Explanation[] = [
  {
    why: 'the origin says 999 where it was not asked what it expected: no status past 599 is passed on',
    id: /./,
    direct: /should have been conditional, but it was not/,
    through: /status is 502, not 200/,
  },
  {
    why: 'a response framed by something else than one "chunked" is not passed on',
    id: /^headers-store-Transfer-Encoding$/,
    direct: /does not come from cache/,
    through: /status is 502, not 200/,
  },
  {
    why: 'the credential is for the gateway and goes no further',
    id: /^other-authorization$/,
    direct: /as the test expects/,
    through: /header Authorization is "undefined"/,
  },
  {
    why: 'an origin that hangs up is a 502 for the client',
    id: /^stale-(?:sie-)?(?:close|warning)/,
    direct: /fetch failed/,
    through: /does not come from cache|as the test expects/,
  },
]

/** Null: nothing explains it. */
export function explainDifference(id: string, direct: string, through: string): string | null {
  const explanation = explanations.find(
    (one) => one.id.test(id) && one.direct.test(direct) && one.through.test(through),
  )
  return explanation?.why ?? null
}
