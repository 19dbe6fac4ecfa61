import type { YAMLError } from 'yaml'

interface Wording {
  readonly message: string
  readonly hint: string | null
}

/** The parser's findings in this project's words; its own text only where it names what it saw. */
export function describeYamlError(error: YAMLError): Wording {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { message: 'a tab is used as indentation', hint: 'indent with spaces' }
    case 'BAD_INDENT':
      return { message: 'the indentation does not fit the lines around it', hint: plain(error) }
    case 'MULTIPLE_DOCS':
      return { message: 'more than one document in the file', hint: 'split it at "---"' }
    case 'TAG_RESOLVE_FAILED':
      return {
        message: `tags are not supported: ${tagOf(error)}`,
        hint: 'remove the tag, or put a text that begins with "!" in quotes',
      }
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        message: 'a mapping starts where a value was expected',
        hint: 'put the text in quotes if it contains ": "',
      }
    case 'BAD_SCALAR_START':
      return { message: plain(error), hint: 'put the text in quotes' }
    case 'BAD_ALIAS':
    case 'ALIAS_PROPS':
      return {
        message: 'this is no alias: "*" begins the name of something marked with "&"',
        hint: 'write "*" in quotes',
      }
    case 'UNEXPECTED_TOKEN':
      return {
        message: 'there is more here than one value',
        hint: 'put the whole text in quotes, or write it after ">-" on a line of its own',
      }
    case 'NON_STRING_KEY':
      return { message: 'a key must be plain text', hint: 'write the key out, without "*" or "["' }
    case 'RESOURCE_EXHAUSTION':
      return { message: 'nested too deeply to be read', hint: 'write fewer levels' }
    case 'MISSING_CHAR': {
      const hint = error.message.startsWith('Tags and anchors')
        ? 'put a text that begins with "!" or "&" in quotes'
        : 'close every quote and bracket'
      return { message: plain(error), hint }
    }
    case 'MULTILINE_IMPLICIT_KEY':
    case 'KEY_OVER_1024_CHARS':
      return { message: 'a line has no ":" behind its key', hint: 'write it as "key: value"' }
    case 'BAD_COLLECTION_TYPE':
    case 'BAD_DIRECTIVE':
    case 'BAD_DQ_ESCAPE':
    case 'BAD_PROP_ORDER':
    case 'BLOCK_IN_FLOW':
    case 'DUPLICATE_KEY':
    case 'IMPOSSIBLE':
    case 'MULTIPLE_ANCHORS':
    case 'MULTIPLE_TAGS':
      return { message: plain(error), hint: null }
  }
}

function tagOf(error: YAMLError): string {
  return plain(error)
    .replace(/^unresolved tag: /u, '')
    .replace('tag:yaml.org,2002:', '!!')
}

function plain(error: YAMLError): string {
  const firstLine = error.message.split('\n', 1)[0] ?? ''
  return firstLine.charAt(0).toLowerCase() + firstLine.slice(1)
}
