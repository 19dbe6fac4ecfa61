import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Of the master key, which only processes of one gateway share. */
const nonceKeyBytes = 32
const macBytes = 16

export function createNonceKey(): Uint8Array {
  return randomBytes(nonceKeyBytes)
}

/**
 * Nonces of DPoP (RFC 9449 section 8) that nobody has to remember: the number of a time slot and its
 * MAC. The key of a slot is derived from the master key, so that each serves one slot only. Every
 * process with the master key knows the nonces of all others. One is good in its slot and the next:
 * for `slotMs` at least and twice that at most.
 */
export class DpopNonces {
  readonly #master: Uint8Array
  readonly #slotMs: number
  #slot = -1
  #current = ''
  #previous = ''

  constructor(master: Uint8Array, slotMs: number) {
    this.#master = master
    this.#slotMs = slotMs
  }

  current(nowMs: number): string {
    this.#turn(nowMs)
    return this.#current
  }

  isGood(nonce: string, nowMs: number): boolean {
    this.#turn(nowMs)
    return isSame(nonce, this.#current) || isSame(nonce, this.#previous)
  }

  #turn(nowMs: number): void {
    const slot = Math.floor(nowMs / this.#slotMs)
    if (slot === this.#slot) return
    this.#slot = slot
    this.#current = this.#mint(slot)
    this.#previous = this.#mint(slot - 1)
  }

  #mint(slot: number): string {
    const number = Buffer.alloc(8)
    number.writeBigUInt64BE(BigInt(Math.max(0, slot)))
    const key = createHmac('sha256', this.#master).update('slot key ').update(number).digest()
    const mac = createHmac('sha256', key).update(number).digest().subarray(0, macBytes)
    return Buffer.concat([number, mac]).toString('base64url')
  }
}

function isSame(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)]
  return left.length === right.length && timingSafeEqual(left, right)
}
