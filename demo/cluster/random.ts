/** The alphabet of generated names (k/k apimachinery util/rand): no vowels, no digits that look like letters. */
const nameAlphabet = 'bcdfghjklmnpqrstvwxz2456789'

/** A seeded source of everything that is left to chance, so that one seed always gives the same world. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** In [0, 1); mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next()
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }

  /** The end of a generated name, as in `cart-64f664b6d-m4s4m`. */
  suffix(length = 5): string {
    let text = ''
    for (let index = 0; index < length; index += 1) text += nameAlphabet[this.below(nameAlphabet.length)]
    return text
  }

  hex(length: number): string {
    let text = ''
    while (text.length < length)
      text += Math.floor(this.next() * 65536)
        .toString(16)
        .padStart(4, '0')
    return text.slice(0, length)
  }

  uuid(): string {
    const digits = this.hex(32)
    const variant = '89ab'[Number.parseInt(digits[16] ?? '0', 16) % 4]
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`
  }
}
