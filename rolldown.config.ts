import { builtinModules } from 'node:module'
import { defineConfig, type Plugin } from 'rolldown'

const entries = /[\\/]dist[\\/]cli[\\/](?:main|worker)\.js$/u

/**
 * To import a module of Node.js is to read each of its exports, lazy ones included: of `node:http`
 * one is a whole client with WebSockets, which took longer to load than the command. So those that
 * are imported are taken from the module itself, and what it makes lazily is not among them.
 */
const builtins: Plugin = {
  name: 'builtins',
  resolveId: {
    order: 'pre',
    handler(source, importer = '', { kind }) {
      if (kind === 'require-call') return null
      const isBuiltin = source.startsWith('node:') || builtinModules.includes(source)
      // The entries load nothing else before the cache of compiled code is in use.
      const isFirst = /^(?:node:)?module$/u.test(source) || entries.test(importer)
      if (isBuiltin && isFirst) return { id: source, external: true }
      return isBuiltin ? `\0${source.replace(/^(?:node:)?/u, 'node:')}` : null
    },
  },
  load(id) {
    if (!id.startsWith('\0node:')) return null
    const name = id.slice(1)
    const builtin: unknown = process.getBuiltinModule(name)
    const names = Object.keys(builtin as object).filter((key) => /^[a-z]\w*$/iu.test(key))
    // Those that nobody imports are left out, and with them the reading.
    const reads = names.map((key) => `const read_${key} = /* @__PURE__ */ (() => builtin.${key})()`)
    const exported = names.map((key) => `read_${key} as ${key}`)
    return `const builtin = process.getBuiltinModule(${JSON.stringify(name)})
${reads.join('\n')}
export { builtin as default, ${exported.filter((each) => !each.endsWith(' default')).join(', ')} }`
  },
}

/** Text of one byte a character is read faster and takes half of the memory. */
const ascii: Plugin = {
  name: 'ascii',
  renderChunk: (code) =>
    code.replace(/[^\0-\x7f]/gu, (character) =>
      Array.from(
        { length: character.length },
        (_, at) => String.raw`\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
      ).join(''),
    ),
}

/** What these modules import, and what that imports, without what is loaded later on purpose. */
const parts: readonly { readonly name: string; readonly of: RegExp; readonly ids: Set<string> }[] =
  [
    // Until the programs of the workers are started, and they load while the primary does.
    { name: 'start', of: /[\\/]cli[\\/]serve\.js$/u, ids: new Set() },
    // What commands need that serve nobody.
    { name: 'policies', of: /[\\/]runtime[\\/]load-policies\.js$/u, ids: new Set() },
    { name: 'service', of: /[\\/]runtime[\\/](?:runtime|primary|worker)\.js$/u, ids: new Set() },
  ]

const partition: Plugin = {
  name: 'partition',
  buildEnd() {
    for (const { of, ids } of parts) {
      const visit = (id: string): void => {
        if (ids.has(id)) return
        ids.add(id)
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) visit(imported)
      }
      for (const id of this.getModuleIds()) if (of.test(id)) visit(id)
    }
  },
}

/**
 * After `tsc`, which emits file by file, the command alone is put together in place: to resolve and
 * link its more than three hundred modules took longer than to run them.
 */
export default defineConfig({
  input: { main: 'dist/cli/main.js', worker: 'dist/cli/worker.js' },
  platform: 'node',
  preserveEntrySignatures: 'allow-extension',
  plugins: [builtins, ascii, partition],
  // The demonstration is for development.
  external: ['oidc-provider'],
  output: {
    dir: 'dist/cli',
    format: 'esm',
    cleanDir: false,
    // Traces and profiles name functions as the sources do.
    minify: false,
    keepNames: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'bundled-[name].js',
    // Few files, of which a command needs all or nothing: to find one takes as long as to load it.
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: parts.map(({ ids, name }, at) => ({
        name,
        test: (id: string) => ids.has(id),
        priority: parts.length - at,
      })),
    },
  },
})
