import { accountingHost } from './accounting.ts'
import { demoHost } from './ports.ts'
import type { DemoPorts } from './ports.ts'
import { repositoryHost } from './source-repository.ts'

export interface TourFacts {
  readonly ports: DemoPorts
  /** As typed in the folder the demo runs in. */
  readonly policiesDir: string
  readonly recordsFile: string
  /** A key for the decision API, good for this run only. */
  readonly checkKey: string
  /** How this program is called, such as `npm run -s sallyport --`. */
  readonly command: string
  /** `--provider-port 9401`, when `demo token` would not find the provider otherwise. */
  readonly tokenOptions: string
}

interface Stop {
  readonly title: string
  readonly commands: readonly string[]
}

/** What runs where, and commands to paste: every one works as printed, in bash and in zsh. */
export function renderTour(facts: TourFacts): string {
  return [renderPlaces(facts), ...stopsOf(facts).map(renderStop), renderEnd(facts)].join('\n\n')
}

function renderPlaces({ ports, policiesDir, recordsFile }: TourFacts): string {
  const rows: readonly (readonly [string, string, string])[] = [
    ['gateway', `http://${accountingHost}:${ports.gateway}`, 'accounting'],
    ['', `http://${repositoryHost}:${ports.gateway}`, 'source repository'],
    ['decision API', `http://${demoHost}:${ports.check}`, 'AuthZEN'],
    ['operations', `http://${demoHost}:${ports.operations}`, '/livez /readyz /metrics'],
    ['identity provider', `http://${demoHost}:${ports.provider}`, 'amara felix emil mona cora'],
    ['applications', `http://${demoHost}:${ports.apps}`, 'answer only through the gateway'],
    ['browser', `http://localhost:${ports.browser}`, 'sign in and click around'],
    ['policies', policiesDir, 'watched: an edit counts at once'],
    ['decision records', recordsFile, 'one JSON object a line'],
  ]
  const lines = rows.map(([what, where, note]) => `  ${what.padEnd(18)}${where.padEnd(37)}${note}`)
  return ['The demo runs. Ctrl-C stops it.', '', ...lines].join('\n')
}

function stopsOf(facts: TourFacts): readonly Stop[] {
  const { ports, policiesDir, recordsFile, checkKey, command } = facts
  const accounting = `http://${accountingHost}:${ports.gateway}`
  const git = `http://${repositoryHost}:${ports.gateway}`
  const token = (person: string) =>
    `$(${[command, 'demo token', person, facts.tokenOptions].filter(Boolean).join(' ')})`
  const get = (person: string, url: string, options = '-s') =>
    `curl ${options} -H "Authorization: Bearer $${person}" ${url}`
  const rules = `${policiesDir}/repository.yaml`
  return [
    {
      title:
        'Amara is an accountant. Sign her in (OpenID Connect, code and PKCE) and read an invoice.',
      commands: [`AMARA=${token('amara')}`, get('AMARA', `${accounting}/invoices/INV-3001`)],
    },
    {
      title:
        'The source repository is not for her: 403. Without a token nobody gets anywhere: 401.',
      commands: [
        `DENIED=${inner(get('AMARA', `${git}/repositories/payments`))}; printf '%s\\n' "$DENIED"`,
        `curl -si ${git}/repositories/payments`,
      ],
    },
    {
      title:
        'Why? The answer carries a decision id; the decision record says what was decided from.',
      commands: [
        `grep "$(printf '%s' "$DENIED" | sed 's/.*"decision_id":"\\([^"]*\\)".*/\\1/')" ${recordsFile}`,
      ],
    },
    {
      title: 'Ask the policies the same question, and have every rule say what it made of it.',
      commands: [
        `printf '%s' '${JSON.stringify(amaraReadsPayments)}' | ${command} decide --policies ${policiesDir} --request - --explain`,
      ],
    },
    {
      title: 'Mona approves an expense of her department, and is denied her own.',
      commands: [
        `MONA=${token('mona')}`,
        get('MONA', `${accounting}${expense('emil', 'EXP-1001')}/approval`, '-s -X POST'),
        get('MONA', `${accounting}${expense('mona', 'EXP-1003')}/approval`, '-s -X POST'),
      ],
    },
    {
      title: 'Cora, a contractor, gets what a list names. Add to the list; nothing is restarted.',
      commands: [
        `CORA=${token('cora')}`,
        get('CORA', `${git}/repositories/payments`),
        `sed -i.bak 's|"cora/website"|"cora/website", "cora/payments"|' ${rules}; sleep 1`,
        get('CORA', `${git}/repositories/payments`),
      ],
    },
    {
      title: 'The tests beside the policies notice. Undo the edit.',
      commands: [
        `${command} test ${policiesDir}`,
        `mv ${rules}.bak ${rules}; sleep 1`,
        get('CORA', `${git}/repositories/payments`),
      ],
    },
    {
      title: 'Any service can ask, without being proxied (AuthZEN). The key is good for this run.',
      commands: [
        `curl -s -H 'Authorization: Bearer ${checkKey}' -H 'Content-Type: application/json' -d '${JSON.stringify(monaApproves)}' http://${demoHost}:${ports.check}/access/v1/evaluation`,
      ],
    },
    {
      title: 'Going around the gateway does not help: the applications want its signature.',
      commands: [
        `curl -s -H 'Host: ${accountingHost}' -H 'Sallyport-Subject: amara' http://${demoHost}:${ports.apps}/invoices`,
      ],
    },
    {
      title: 'What an operator sees.',
      commands: [
        `curl -s http://${demoHost}:${ports.operations}/readyz`,
        `curl -s http://${demoHost}:${ports.operations}/metrics | grep '^sallyport_' | grep -v bucket | head -n 20`,
      ],
    },
  ]
}

const amaraReadsPayments = {
  subject: {
    type: 'user',
    id: 'amara',
    properties: { department: 'finance', groups: ['staff', 'finance'] },
  },
  action: { name: 'read' },
  resource: { type: 'repository', id: 'payments' },
}

const monaApproves = {
  subject: {
    type: 'user',
    id: 'mona',
    properties: { department: 'engineering', groups: ['staff', 'engineering-leads', 'managers'] },
  },
  action: { name: 'approve' },
  resource: {
    type: 'expense',
    id: 'EXP-1002',
    properties: { department: 'engineering', owner: 'emil' },
  },
}

function expense(owner: string, id: string): string {
  return `/departments/engineering/employees/${owner}/expenses/${id}`
}

function inner(command: string): string {
  return `$(${command})`
}

function renderStop({ title, commands }: Stop, index: number): string {
  const number = `${index + 1}.`.padEnd(4)
  return [`${number}${title}`, '', ...commands.map((command) => `    ${command}`)].join('\n')
}

function renderEnd({ ports }: TourFacts): string {
  return `In a browser: http://localhost:${ports.browser}`
}
