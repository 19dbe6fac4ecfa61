const MAX_QUOTED = 80
const isPrintable = /^[ -~]*$/u

/** Text of unknown origin inside a message: in double quotes, shortened, nothing invisible left in it. */
export function quote(text: string): string {
  const shown = text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text
  return `"${revealHidden(shown).replaceAll('"', '\\"')}"`
}

export function quoteList(texts: readonly string[], limit = 12): string {
  const shown = texts.slice(0, limit).map(quote).join(', ')
  return texts.length > limit ? `${shown} and ${texts.length - limit} more` : shown
}

/**
 * Control characters would drive the reader's terminal, and bidirectional ones make text read
 * differently from what it says (CVE-2021-42574): both are shown by number.
 */
export function revealHidden(text: string): string {
  if (isPrintable.test(text)) return text
  let shown = ''
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0
    shown += isHidden(codePoint) ? `<U+${hexadecimal(codePoint)}>` : character
  }
  return shown
}

function isHidden(codePoint: number): boolean {
  return isControl(codePoint) || isDeceptive(codePoint)
}

/** Reorders its neighbours or takes no width: two texts could look alike and differ. */
export function isDeceptive(codePoint: number): boolean {
  return (
    codePoint === 0x061c ||
    codePoint === 0x00ad ||
    (codePoint >= 0x200b && codePoint <= 0x200f && codePoint !== 0x200c && codePoint !== 0x200d) ||
    (codePoint >= 0x2028 && codePoint <= 0x202e) ||
    (codePoint >= 0x2060 && codePoint <= 0x2069) ||
    codePoint === 0xfeff ||
    (codePoint >= 0xe0000 && codePoint <= 0xe007f)
  )
}

export function isControl(codePoint: number): boolean {
  return codePoint < 0x20 || (codePoint >= 0x7f && codePoint <= 0x9f)
}

export function hexadecimal(codePoint: number): string {
  return codePoint.toString(16).toUpperCase().padStart(4, '0')
}
