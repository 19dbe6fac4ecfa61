import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../test/smuggling/foreign-proxy.ts'
import type { BenchIssuer } from '../load/issuer.ts'
import { type GoModule, installGo, versionOfGo } from './go-install.ts'
import type { Judges } from './probe.ts'
import { type Program, programCpu, startProgram } from './program.ts'
import { audience } from './setting.ts'

export interface GoPeer {
  readonly name: string
  readonly judges: Judges
  readonly version: string
  readonly program: Program | null
  /** Why it is not there. */
  readonly problem: string | null
}

export interface GoPeersOptions {
  readonly upstreamPort: number
  readonly issuer: BenchIssuer
  readonly build: boolean
}

interface Setting {
  readonly file: string
  readonly dir: string
  readonly port: number
  readonly otherPort: number
  readonly upstream: string
  readonly issuer: string
}

interface Recipe extends GoModule {
  readonly name: string
  readonly judges: Judges
  /** Writes its configuration, and says how it is started. */
  configure(setting: Setting): readonly string[]
}

/** Each with the nearest to the rule that its own means can say, and without logs of requests. */
const recipes: readonly Recipe[] = [
  {
    name: 'oauth2-proxy, bearer token and a group',
    command: 'oauth2-proxy',
    module: 'github.com/oauth2-proxy/oauth2-proxy/v7',
    judges: 'the token and a claim',
    configure: configureOauth2Proxy,
  },
  {
    name: 'Oathkeeper, jwt with a scope',
    command: 'oathkeeper',
    module: 'github.com/ory/oathkeeper',
    judges: 'the token and a claim',
    configure: configureOathkeeper,
  },
  {
    name: 'heimdall, jwt and a CEL rule',
    command: 'heimdall',
    module: 'github.com/dadrus/heimdall',
    judges: 'the token and the rule',
    configure: configureHeimdall,
  },
]

export async function startGoPeers(options: GoPeersOptions): Promise<GoPeer[]> {
  const { upstreamPort, issuer, build } = options
  const peers: GoPeer[] = []
  for (const recipe of recipes) {
    const { name, judges } = recipe
    const installed = installGo(recipe, build)
    if ('problem' in installed) {
      peers.push({ name, judges, version: '', program: null, problem: installed.problem })
      continue
    }
    const { file } = installed
    const dir = mkdtempSync(join(tmpdir(), `sallyport-bench-${recipe.command}-`))
    const [port, otherPort] = [await freePort(), await freePort()]
    const upstream = `127.0.0.1:${upstreamPort}`
    const setting = { file, dir, port, otherPort, upstream, issuer: issuer.issuer }
    const command = recipe.configure(setting)
    const version = versionOfGo(file)
    try {
      const program = await startProgram({ name, command, port, cpus: programCpu, dir })
      peers.push({ name, judges, version, program, problem: null })
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      peers.push({ name, judges, version, program: null, problem })
    }
  }
  return peers
}

function configureOauth2Proxy({ file, port, upstream, issuer }: Setting): readonly string[] {
  return [
    file,
    `--http-address=127.0.0.1:${port}`,
    `--upstream=http://${upstream}/`,
    '--provider=oidc',
    `--oidc-issuer-url=${issuer}`,
    `--client-id=${audience}`,
    '--client-secret=unused',
    `--cookie-secret=${'0123456789abcdef'.repeat(2)}`,
    '--email-domain=*',
    '--oidc-email-claim=sub',
    '--oidc-groups-claim=groups',
    '--allowed-group=staff',
    '--skip-jwt-bearer-tokens=true',
    '--request-logging=false',
    '--auth-logging=false',
    '--standard-logging=false',
  ]
}

function configureOathkeeper(setting: Setting): readonly string[] {
  const { file, dir, port, otherPort, upstream, issuer } = setting
  const config = {
    log: { level: 'error' },
    serve: {
      proxy: { host: '127.0.0.1', port },
      api: { host: '127.0.0.1', port: otherPort },
    },
    access_rules: { repositories: [`file://${join(dir, 'rules.json')}`] },
    authenticators: {
      jwt: {
        enabled: true,
        config: {
          jwks_urls: [`${issuer}/jwks`],
          trusted_issuers: [issuer],
          target_audience: [audience],
          required_scope: ['documents'],
          scope_strategy: 'exact',
        },
      },
    },
    authorizers: { allow: { enabled: true } },
    mutators: { noop: { enabled: true } },
  }
  const rule = {
    id: 'documents',
    upstream: { url: `http://${upstream}` },
    match: {
      url: `http://127.0.0.1:${port}/departments/<[^/]+>/documents/<[^/]+>`,
      methods: ['GET'],
    },
    authenticators: [{ handler: 'jwt' }],
    authorizer: { handler: 'allow' },
    mutators: [{ handler: 'noop' }],
  }
  writeFileSync(join(dir, 'oathkeeper.json'), JSON.stringify(config))
  writeFileSync(join(dir, 'rules.json'), JSON.stringify([rule]))
  return [file, 'serve', '--config', join(dir, 'oathkeeper.json')]
}

/** Transport security is switched off for all: nothing else here has it. */
function configureHeimdall(setting: Setting): readonly string[] {
  const { file, dir, port, otherPort, upstream, issuer } = setting
  const expression =
    '"staff" in Subject.Attributes.groups && Subject.Attributes.department == Request.URL.Captures.department'
  const config = {
    log: { level: 'error' },
    metrics: { enabled: false },
    tracing: { enabled: false },
    serve: { host: '127.0.0.1', port },
    management: { host: '127.0.0.1', port: otherPort },
    mechanisms: {
      authenticators: [
        {
          id: 'token',
          type: 'jwt',
          config: {
            jwks_endpoint: { url: `${issuer}/jwks` },
            assertions: { issuers: [issuer], audience: [audience], allowed_algorithms: ['RS256'] },
            validate_jwk: false,
          },
        },
      ],
      authorizers: [{ id: 'rule', type: 'cel', config: { expressions: [{ expression }] } }],
      finalizers: [{ id: 'nothing', type: 'noop' }],
    },
    providers: { file_system: { src: join(dir, 'rules.yaml') } },
  }
  const rules = {
    version: '1beta1',
    rules: [
      {
        id: 'documents',
        match: {
          http: { paths: [{ path: '/departments/:department/documents/:id' }], methods: ['GET'] },
        },
        forward_to: { host: upstream },
        execute: [{ authenticator: 'token' }, { authorizer: 'rule' }, { finalizer: 'nothing' }],
      },
    ],
  }
  writeFileSync(join(dir, 'heimdall.yaml'), JSON.stringify(config))
  writeFileSync(join(dir, 'rules.yaml'), JSON.stringify(rules))
  return [file, 'serve', 'proxy', '--config', join(dir, 'heimdall.yaml'), '--insecure']
}
