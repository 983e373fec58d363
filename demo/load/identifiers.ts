/** Mixes two numbers into 32 bits (murmur3's finalizer); the same numbers always give the same. */
export function mix(a: number, b: number): number {
  let value = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35)
  value ^= value >>> 16
  value = Math.imul(value, 0x7feb352d)
  value ^= value >>> 15
  value = Math.imul(value, 0x846ca68b)
  return (value ^ (value >>> 16)) >>> 0
}

const fourDigits = Array.from({ length: 65_536 }, (_, value) => value.toString(16).padStart(4, '0'))

export function hex32(a: number, b: number): string {
  const value = mix(a, b)
  return `${fourDigits[value >>> 16]}${fourDigits[value & 65_535]}`
}

/** A uid made from a number. The number itself is part of it, so no two are the same. */
export function uidOf(serial: number, kind: number): string {
  const first = hex32(serial, kind)
  const last = hex32(serial, kind + 100)
  return `${first}-${last.slice(0, 4)}-4${kind.toString(16).padStart(3, '0')}-a${last.slice(4, 7)}-${serial.toString(16).padStart(12, '0')}`
}

const alphabet = 'bcdfghjklmnpqrstvwxz2456789'

/** The generated end of a name, `length` characters. */
export function suffixOf(serial: number, length: number): string {
  let rest = serial
  let text = ''
  for (let index = 0; index < length; index += 1) {
    // Mixed so that neighbours don't look alike, yet a bijection of the digits.
    text = alphabet[(rest + index * 7 + Math.floor(serial / 27)) % 27] + text
    rest = Math.floor(rest / 27)
  }
  return text
}
