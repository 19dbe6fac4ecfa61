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
    ['decision records', recordsFile, ''],
  ]
  const lines = rows.map(([what, where, note]) => {
    const place = where.padEnd(40)
    return `  ${what.padEnd(19)}${place}${note === '' ? '' : `  ${note}`}`.trimEnd()
  })
  return [
    'The demo runs. Ctrl-C stops it.',
    '',
    ...lines,
    '',
    'A tour: paste into another terminal, in this folder.',
  ].join('\n')
}

function stopsOf(facts: TourFacts): readonly Stop[] {
  const { ports, policiesDir, recordsFile, checkKey, command } = facts
  const accounting = `http://${accountingHost}:${ports.gateway}`
  const git = `http://${repositoryHost}:${ports.gateway}`
  const token = (person: string) =>
    `$(${[command, 'demo token', person, facts.tokenOptions].filter(Boolean).join(' ')})`
  const send = (person: string, options: string, url: string) =>
    `curl -sw '\\n' ${options}-H "Authorization: Bearer $${person}" ${url}`
  const get = (person: string, url: string) => send(person, '', url)
  const approve = (person: string, owner: string, id: string) =>
    send(
      person,
      '-X POST ',
      `${accounting}/departments/engineering/employees/${owner}/expenses/${id}/approval`,
    )
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
        `DENIED=$(${get('AMARA', `${git}/repositories/payments`)}); printf '%s\\n' "$DENIED"`,
        `curl -siw '\\n' ${git}/repositories/payments`,
      ],
    },
    {
      title: 'One page is for everybody: its route is public, and a rule permits the anonymous.',
      commands: [`curl -sw '\\n' ${git}/about`],
    },
    {
      title: 'Why? The answer carries a decision id; the record of it says what was decided from.',
      commands: [
        String.raw`sleep 1; RECORD=$(grep "$(printf '%s' "$DENIED" | sed 's/.*"decision_id":"\([^"]*\)".*/\1/')" ${recordsFile}); printf '%s\n' "$RECORD"`,
      ],
    },
    {
      title: 'Put the same question to the policies, and have every rule say what it made of it.',
      commands: [
        String.raw`printf '%s' "$RECORD" | sed 's/.*,"request":\(.*\)}$/\1/' | ${command} decide --policies ${policiesDir} --request - --explain`,
      ],
    },
    {
      title: 'Mona approves an expense of her department, and is denied her own.',
      commands: [
        `MONA=${token('mona')}`,
        approve('MONA', 'emil', 'EXP-1001'),
        approve('MONA', 'mona', 'EXP-1003'),
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
        `curl -sw '\\n' -H 'Authorization: Bearer ${checkKey}' -H 'Content-Type: application/json' -d '${JSON.stringify(monaApproves)}' http://${demoHost}:${ports.check}/access/v1/evaluation`,
      ],
    },
    {
      title: 'Going around the gateway does not help: the applications want its signature.',
      commands: [
        `curl -sw '\\n' -H 'Host: ${accountingHost}' -H 'Sallyport-Subject: amara' http://${demoHost}:${ports.apps}/invoices`,
      ],
    },
    {
      title: 'What an operator sees.',
      commands: [
        `curl -sw '\\n' http://${demoHost}:${ports.operations}/readyz`,
        `curl -s http://${demoHost}:${ports.operations}/metrics | grep '^sallyport_' | grep -v bucket | head -n 20`,
      ],
    },
  ]
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

function renderStop({ title, commands }: Stop, index: number): string {
  const number = `${index + 1}.`.padEnd(4)
  return [`${number}${title}`, '', ...commands.map((command) => `    ${command}`)].join('\n')
}

function renderEnd({ ports }: TourFacts): string {
  return `In a browser: http://localhost:${ports.browser}\n\nDenials and policy changes are told below.`
}
