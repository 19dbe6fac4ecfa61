import type { Writable } from 'node:stream'
import { styleText } from 'node:util'
import { revealHidden } from '../source/quote.ts'

type Style = 'bold' | 'red' | 'green' | 'yellow'

export interface OutputStream extends Writable {
  readonly isTTY?: boolean
}

/** Results go to stdout, everything said about the work goes to stderr. */
export interface Output {
  /** A line of the result. */
  readonly result: (text: string) => void
  /** The result as JSON: one document, indented. */
  readonly json: (value: unknown) => void
  /** A line about the work: progress, warnings. */
  readonly note: (text: string) => void
  /** Why there is no result. */
  readonly error: (message: string) => void
  /** Colours a piece of a result; plain off a terminal and with NO_COLOR. */
  readonly style: (style: Style, text: string) => string
  /**
   * Settles once everything written has left, or the reader has gone away: with why a part of the
   * result could not be written, else with null.
   */
  readonly flush: () => Promise<Error | null>
}

export function createOutput(stdout: OutputStream, stderr: OutputStream): Output {
  const colours = wantsColour(stdout)
  const label = wantsColour(stderr) ? paint('red', 'Error:') : 'Error:'
  // `flush` tells what became of the result; what fails on stderr can be told nowhere.
  for (const stream of [stdout, stderr]) stream.on('error', ignore)
  return {
    result: (text) => void stdout.write(`${text}\n`),
    json: (value) => void stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    error: (message) => void stderr.write(`${label} ${revealLines(message)}\n`),
    style: (style, text) => (colours ? paint(style, text) : text),
    flush: async () => {
      await Promise.all([drained(stdout), drained(stderr)])
      return lossOf(stdout)
    },
  }
}

/** A message may name a file or quote a text that would drive the terminal. */
function revealLines(text: string): string {
  return text.split('\n').map(revealHidden).join('\n')
}

function paint(style: Style, text: string): string {
  return styleText(style, text, { validateStream: false })
}

function wantsColour(stream: OutputStream): boolean {
  const noColour = process.env['NO_COLOR']
  if (noColour !== undefined && noColour !== '') return false
  return stream.isTTY === true && process.env['TERM'] !== 'dumb'
}

function ignore(): void {}

/** `sallyport validate | head -1` closes the pipe early: the command still ends with its own code. */
function lossOf(stdout: OutputStream): Error | null {
  const error: NodeJS.ErrnoException | null = stdout.errored
  return error === null || error.code === 'EPIPE' ? null : error
}

function drained(stream: OutputStream): Promise<void> {
  if (stream.destroyed || stream.writableLength === 0) return Promise.resolve()
  return new Promise((resolve) => {
    stream.once('error', () => resolve())
    stream.once('close', () => resolve())
    stream.write('', () => resolve())
  })
}
