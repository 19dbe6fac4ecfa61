import { hash } from 'node:crypto'
import { apiKeyLength, createApiKey, readApiKeyId } from '../authenticate/api-key.ts'
import type { Command, CommandContext, ParsedArguments } from './command.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'

interface Entry {
  readonly id: string
  readonly sha256: string
  readonly expires: string | null
}

const expiresOption = {
  name: 'expires',
  value: 'TIME',
  does: 'When the key ends, such as 2027-01-31T00:00:00Z; without it never',
}
const jsonOption = { name: 'json', does: 'Print one JSON document: key, id, sha256, expires' }

export const keysCreateCommand: Command = {
  verb: 'keys create',
  summary: 'make a new API key',
  description: [
    'Prints a new API key once, and the entry with its digest for the file of keys ("api_keys.file"). The key is kept nowhere: give it to the service, and put the entry into the file.',
    'To replace a key add the new entry beside the old one, let the service change over, and remove the old one.',
  ],
  positionals: [],
  options: [expiresOption, jsonOption],
  examples: [
    { line: 'sallyport keys create', does: 'A key that does not expire.' },
    {
      line: 'sallyport keys create --expires 2027-01-31T00:00:00Z --json',
      does: 'For a script.',
    },
  ],
  exits: [
    [exitCodes.ok, 'made'],
    [exitCodes.unusable, 'the time is none'],
  ],
  run(args, context) {
    const expires = readExpires(args, context)
    if (expires === undefined) return Promise.resolve(exitCodes.unusable)
    const { id, key } = createApiKey()
    return Promise.resolve(show(key, entryOf(id, key, expires), args, context))
  },
}

export const keysHashCommand: Command = {
  verb: 'keys hash',
  summary: 'print the entry of an API key',
  description: [
    'Reads an API key from standard input and prints the entry with its digest for the file of keys. A key on the command line could be read by every process of the machine, so it is not taken there.',
  ],
  positionals: [],
  options: [expiresOption, jsonOption],
  examples: [{ line: 'sallyport keys hash < key.txt', does: 'The entry of the key in key.txt.' }],
  exits: [
    [exitCodes.ok, 'printed'],
    [exitCodes.unusable, 'standard input holds no API key'],
  ],
  async run(args, context) {
    const expires = readExpires(args, context)
    if (expires === undefined) return exitCodes.unusable
    const text = await context.readStdin(maxInputBytes).catch(() => null)
    const key = text?.toString('utf8').trim() ?? ''
    const id = readApiKeyId(key)
    if (id === null) {
      context.output.error(
        `Standard input holds no API key: ${apiKeyLength} characters that begin with "sp_" and end with their checksum`,
      )
      return exitCodes.unusable
    }
    return show(null, entryOf(id, key, expires), args, context)
  },
}

const maxInputBytes = 4_096

function entryOf(id: string, key: string, expires: string | null): Entry {
  return { id, sha256: hash('sha256', key), expires }
}

/** Undefined: it is no time. */
function readExpires(args: ParsedArguments, { output }: CommandContext): string | null | undefined {
  const text = args.text('expires')
  if (text === undefined) return null
  const atMs = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(atMs)) return new Date(atMs).toISOString()
  output.error('Option --expires wants a time such as 2027-01-31T00:00:00Z')
  return undefined
}

function show(
  key: string | null,
  entry: Entry,
  args: ParsedArguments,
  { output }: CommandContext,
): ExitCode {
  const { id, sha256, expires } = entry
  if (args.has('json')) {
    output.json({ ...(key === null ? null : { key }), id, sha256, expires })
    return exitCodes.ok
  }
  if (key !== null) {
    output.note('The key, shown this once:')
    output.result(key)
    output.note('Its entry, for "keys" of a service in the file of keys:')
  }
  const ends = expires === null ? '' : `, expires: ${expires}`
  output.result(`- { id: ${id}, sha256: ${sha256}${ends} }`)
  return exitCodes.ok
}
