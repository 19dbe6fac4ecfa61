import { readFileSync } from 'node:fs'

/** From the package, which lies two folders above in the sources and in the build alike. */
export function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}
