import { revealHidden } from '../source/quote.ts'
import type { ExplainedRule, Explanation } from './explain.ts'

/** An explanation as text that can be read without knowing the program. */
export function renderExplanation(explanation: Explanation): string {
  const { decision, answer, because, hint, policies, roles, rules } = explanation
  const lines = [
    `${decision.effect.toUpperCase()}: ${answer}`,
    `  because ${because}`,
    ...(hint === null ? [] : [`  ${hint}`]),
    '',
    `Roles held: ${roles.length === 0 ? 'none' : roles.join(', ')}`,
    ...(policies.some((name) => /[@/]/u.test(name)) ? [`Policies: ${policies.join(', ')}`] : []),
  ]
  if (rules.length > 0) lines.push('', 'Rules about this action, in the order they are asked:')
  for (const rule of rules) {
    lines.push(
      `  ${mark(rule)} ${rule.effect.padEnd(6)} ${rule.id}  (${rule.location})`,
      `             ${rule.why}`,
    )
  }
  for (const error of decision.errors) lines.push('', `Error in ${error.rule}: ${error.message}`)
  lines.push('', `Policy digest: ${decision.policyDigest}`)
  return lines.map(revealHidden).join('\n')
}

/** `=>` decided, `+` matched, `-` did not, `!` failed. */
function mark(rule: ExplainedRule): string {
  if (rule.decided) return '=>'
  if (rule.result === 'failed') return ' !'
  return rule.result === 'matched' ? ' +' : ' -'
}
