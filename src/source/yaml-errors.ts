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
    case 'NON_STRING_KEY':
      return { message: 'a key must be plain text', hint: null }
    case 'TAG_RESOLVE_FAILED':
      return { message: `tags are not supported: ${plain(error)}`, hint: 'remove the "!..." tag' }
    case 'RESOURCE_EXHAUSTION':
      return { message: 'nested too deeply to be read', hint: null }
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        message: 'a mapping starts where a value was expected',
        hint: 'put the text in quotes if it contains ": "',
      }
    case 'BAD_SCALAR_START':
      return { message: plain(error), hint: 'put the text in quotes' }
    case 'BAD_ALIAS':
      return { message: plain(error), hint: 'write "*" and "&" in quotes' }
    case 'ALIAS_PROPS':
    case 'BAD_COLLECTION_TYPE':
    case 'BAD_DIRECTIVE':
    case 'BAD_DQ_ESCAPE':
    case 'BAD_PROP_ORDER':
    case 'BLOCK_IN_FLOW':
    case 'DUPLICATE_KEY':
    case 'IMPOSSIBLE':
    case 'KEY_OVER_1024_CHARS':
    case 'MISSING_CHAR':
    case 'MULTILINE_IMPLICIT_KEY':
    case 'MULTIPLE_ANCHORS':
    case 'MULTIPLE_TAGS':
    case 'UNEXPECTED_TOKEN':
      return { message: plain(error), hint: null }
  }
}

function plain(error: YAMLError): string {
  const firstLine = error.message.split('\n', 1)[0] ?? ''
  return firstLine.charAt(0).toLowerCase() + firstLine.slice(1)
}
