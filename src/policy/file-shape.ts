/** What a file is likely to hold, by its keys in the first column; reading it says what it does. */
export interface FileShape {
  readonly isResource: boolean
  readonly isScoped: boolean
}

export function shapeOf(text: string): FileShape {
  return { isResource: hasTopKey(text, 'resource'), isScoped: hasTopKey(text, 'scope') }
}

function hasTopKey(text: string, key: string): boolean {
  return text.startsWith(`${key}:`) || text.includes(`\n${key}:`)
}
