import { readFile } from 'node:fs/promises'
import type { Command, CommandContext } from './command.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { locatedIn } from './located.ts'
import { showDiagnostics } from './show-diagnostics.ts'
import { explain, type Explanation } from '../authoring/explain.ts'
import { renderExplanation } from '../authoring/render-explanation.ts'
import { readEvaluation } from '../check/read-evaluation.ts'
import { readJsonObject } from '../check/read-json.ts'
import type { AccessRequest } from '../model/access-request.ts'
import { Fault } from '../model/fault.ts'
import { systemErrorCode } from '../model/system-error.ts'
import { loadPolicies } from '../runtime/load-policies.ts'
import { UnusablePolicies } from '../runtime/unusable-policies.ts'

const maxRequestBytes = 1_048_576
const maxJsonDepth = 32

export const decideCommand: Command = {
  verb: 'decide',
  summary: 'answer one AuthZEN request from a policy folder',
  description: [
    'Reads one AuthZEN Access Evaluation request ({"subject": ..., "action": ..., "resource": ..., "context": ...}), decides it as the running process would with these policies, and prints the decision as JSON: "decision", and under "context" the reason, the rules, the errors and the digest of the policies.',
    'With --explain it prints instead, for a person, what every candidate rule made of the request and the values its condition saw; with --explain --json the same goes into "context.explanation".',
  ],
  positionals: [],
  options: [
    { name: 'policies', value: 'DIR', does: 'Folder of policies', isRequired: true },
    {
      name: 'request',
      value: 'FILE',
      does: 'File with the request; - reads standard input',
      isRequired: true,
    },
    { name: 'explain', does: 'Say what every candidate rule made of it' },
    {
      name: 'now',
      value: 'TIME',
      does: 'What "now" is in conditions, as in 2026-01-31T12:00:00Z',
      default: 'the present',
    },
    { name: 'json', does: 'Print JSON, also with --explain' },
  ],
  examples: [
    {
      line: 'sallyport decide --policies policies --request request.json',
      does: 'Exit code 0: permit, 1: deny.',
    },
    {
      line: `echo '{"subject":{"type":"user","id":"amara"},"action":{"name":"view"},"resource":{"type":"invoice","id":"7"}}' | sallyport decide --policies policies --request - --explain`,
      does: 'Why, rule by rule.',
    },
  ],
  exits: [
    [exitCodes.ok, 'permit'],
    [exitCodes.negative, 'deny'],
    [exitCodes.unusable, 'the request or the policies cannot be used'],
  ],

  async run(args, context) {
    const { output } = context
    const dir = args.text('policies') ?? ''
    const timeMs = readTime(args.text('now'))
    if (timeMs === null) {
      output.error('--now must be a time such as 2026-01-31T12:00:00Z')
      return exitCodes.unusable
    }
    const request = await readRequest(args.text('request') ?? '', timeMs, context)
    if (typeof request === 'string') {
      output.error(request)
      return exitCodes.unusable
    }
    try {
      const { policies } = await loadPolicies(dir)
      const explanation = explain(policies, request)
      if (args.has('explain') && !args.has('json')) output.result(renderExplanation(explanation))
      else output.json(asJson(explanation, args.has('explain')))
      return explanation.decision.effect === 'permit' ? exitCodes.ok : exitCodes.negative
    } catch (error) {
      return reportUnusable(error, dir, context)
    }
  },
}

/** The request, or what is wrong with it. */
async function readRequest(
  file: string,
  timeMs: number,
  context: CommandContext,
): Promise<AccessRequest | string> {
  const name = file === '-' ? 'standard input' : file
  let bytes: Buffer
  try {
    bytes = file === '-' ? await context.readStdin(maxRequestBytes) : await readFile(file)
  } catch (error) {
    if (error instanceof RangeError) return error.message
    return `${name} cannot be read: ${systemErrorCode(error)}`
  }
  if (bytes.length > maxRequestBytes) return `${name} is larger than ${maxRequestBytes} bytes`
  const body = readJsonObject(bytes, maxJsonDepth)
  if (typeof body === 'string') return `${name}: ${body}`
  if (Array.isArray(body['evaluations']) && body['evaluations'].length > 0) {
    return `${name}: "evaluations" holds several requests, and this command answers one`
  }
  const request = readEvaluation(body, timeMs)
  return typeof request === 'string' ? `${name}: ${request}` : request
}

function readTime(text: string | undefined): number | null {
  if (text === undefined) return Date.now()
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/u.test(text)) {
    return null
  }
  const timeMs = Date.parse(text)
  return Number.isNaN(timeMs) ? null : timeMs
}

/** AuthZEN's decision, with what the decision API says when it is asked to explain. */
function asJson(explanation: Explanation, explains: boolean): object {
  const { effect, reason, rules, errors, obligations, output, policyDigest } = explanation.decision
  const { answer, because, hint, policies, roles } = explanation
  return {
    decision: effect === 'permit',
    context: {
      ...(obligations.length === 0 ? {} : { obligations }),
      reason,
      rules,
      errors,
      ...(output === undefined ? {} : { output }),
      policy_digest: policyDigest,
      ...(explains
        ? { explanation: { answer, because, hint, roles, policies, rules: explanation.rules } }
        : {}),
    },
  }
}

function reportUnusable(error: unknown, dir: string, { output }: CommandContext): ExitCode {
  if (!(error instanceof Fault)) throw error
  if (error instanceof UnusablePolicies) {
    const located = locatedIn(dir)
    const diagnostics = located.diagnostics(error.diagnostics)
    output.note(showDiagnostics(diagnostics, located.texts(error.texts)))
  }
  output.error(error.message)
  return exitCodes.unusable
}
