import { registerHooks } from 'node:module'

const loaded: string[] = []

registerHooks({
  resolve(specifier, context, nextResolve) {
    const found = nextResolve(specifier, context)
    loaded.push(found.url)
    return found
  },
})

process.on('exit', () => {
  process.stdout.write(JSON.stringify(loaded))
})
