import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const ownCheckout = resolve(import.meta.dirname, '../..')

export interface OwnCommand {
  readonly command: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}

/** Node.js with the options and the environment that the command of a checkout gives itself. */
export function nodeOf(checkout: string): OwnCommand {
  const [first = ''] = readFileSync(join(checkout, 'src/cli/main.ts'), 'utf8').split('\n')
  const words = first.split(' ').slice(1)
  const environment = words.flatMap((word) => {
    const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(word) ?? []
    return name === undefined || value === undefined ? [] : [[name, value] as const]
  })
  const options = words.filter((word) => /^--./.test(word))
  return {
    command: [process.execPath, '--disallow-code-generation-from-strings', ...options],
    environment: Object.fromEntries(environment),
  }
}

/** The built form, as the image starts it. */
export function serveOf(checkout: string, config: string): OwnCommand {
  const { command, environment } = nodeOf(checkout)
  const main = join(checkout, 'dist/cli/main.js')
  return { command: [...command, main, 'serve', '--config', config], environment }
}
