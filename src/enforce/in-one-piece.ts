/** A text that was put together of octets is copied piece by piece wherever it is used. */
export function inOnePiece(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1')
}
