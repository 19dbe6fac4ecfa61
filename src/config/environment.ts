import { type Diagnostic, diagnostic, startOfFile } from '../source/diagnostic.ts'
import { closestName } from '../source/suggest.ts'
import { type Setting, type SettingGroup, settingGroups } from './settings.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export const configVariable = 'SALLYPORT_CONFIG'
export const keysFileVariable = 'SALLYPORT_CHECK_KEYS_FILE'
export const redisPasswordVariable = 'SALLYPORT_REDIS_PASSWORD'

const prefix = 'SALLYPORT_'

interface GivenVariable {
  readonly group: string
  readonly key: string
  readonly setting: Setting
  readonly variable: string
  readonly text: string
}

/** Every variable that is read, in the order of the documentation. */
export function knownVariables(): readonly string[] {
  const special = [configVariable, keysFileVariable, redisPasswordVariable]
  return [...special, ...variableSettings().map(({ variable }) => variable)]
}

/** The options the environment gives. An empty variable counts as absent. */
export function readEnvironment(environment: Environment): readonly GivenVariable[] {
  return variableSettings().flatMap((entry) => {
    const text = environment[entry.variable]
    if (text === undefined || text === '' || isServiceLink(entry.variable, text)) return []
    return [{ ...entry, text }]
  })
}

/** Names only: a value could be a secret that went to the wrong variable. */
export function findUnknownVariables(environment: Environment): readonly Diagnostic[] {
  const known = knownVariables()
  return Object.entries(environment).flatMap(([name, text]) => {
    if (!name.startsWith(prefix) || text === undefined) return []
    if (known.includes(name)) {
      if (!isServiceLink(name, text)) return []
      const message = 'ignored: Kubernetes sets this for a Service of that name'
      const hint = 'set "enableServiceLinks: false" in the pod to be rid of it'
      return [diagnostic('warning', 'service-link', `$${name}`, startOfFile, message, hint)]
    }
    if (serviceLinkName.test(name) || isServiceLink(name, text)) return []
    const closest = closestName(name, known)
    const hint = closest === null ? `known: ${known.join(', ')}` : `did you mean ${closest}?`
    const message = 'unknown environment variable: it changes nothing'
    return [diagnostic('warning', 'unknown-variable', `$${name}`, startOfFile, message, hint)]
  })
}

// Docker links and Kubernetes Services put variables named after the service into a container:
// with a Service "sallyport-gateway" that is SALLYPORT_GATEWAY_PORT=tcp://10.0.0.1:8080.
const serviceLinkName = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP)(_\w+)?)$/u

function isServiceLink(name: string, text: string): boolean {
  return name.endsWith('_PORT') && /^(tcp|udp):\/\//u.test(text)
}

function variableSettings(): readonly Omit<GivenVariable, 'text'>[] {
  return Object.entries<SettingGroup>(settingGroups).flatMap(([group, { settings }]) =>
    Object.entries(settings).flatMap(([key, setting]) =>
      setting.variable === undefined ? [] : [{ group, key, setting, variable: setting.variable }],
    ),
  )
}
