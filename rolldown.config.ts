import { defineConfig } from 'rolldown'

/**
 * After `tsc`, which emits file by file, the command alone is put together in place: to resolve and
 * link its more than three hundred modules took longer than to run them.
 */
export default defineConfig({
  input: { main: 'dist/cli/main.js', worker: 'dist/cli/worker.js' },
  platform: 'node',
  // Of undici single files are loaded, and the demonstration is for development.
  external: [/^node:/u, /^undici/u, 'oidc-provider'],
  output: {
    dir: 'dist/cli',
    format: 'esm',
    cleanDir: false,
    // Traces and profiles name functions as the sources do.
    minify: false,
    keepNames: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'bundled-[name].js',
  },
})
