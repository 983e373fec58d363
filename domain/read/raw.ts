/**
 * Access to API JSON whose shape nobody has vouched for. Each function gives the value when it has
 * the expected type and a neutral one otherwise, so that one bad field never costs the object.
 */
export type Raw = Readonly<Record<string, unknown>>

const nothing: Raw = Object.freeze(Object.create(null) as Record<string, unknown>)
const noItems: readonly never[] = Object.freeze([])

/** The value as an object; an empty one where it is none (a list is none). */
export function record(value: unknown): Raw {
  return isRecord(value) ? value : nothing
}

export function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : noItems
}

/** Reads each item that is an object; the same empty list for all that have none. */
export function records<T>(value: unknown, read: (item: Raw) => T): readonly T[] {
  if (!Array.isArray(value) || value.length === 0) return noItems
  const items: T[] = []
  for (const item of value) if (isRecord(item)) items.push(read(item))
  return items
}

export function text(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise
}

/** The strings among the items. */
export function texts(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) return noItems
  return value.filter((item) => typeof item === 'string')
}

export function whole(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : otherwise
}

export function wholeOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null
}

/** A count can't be negative. */
export function count(value: unknown, otherwise = 0): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : otherwise
}

/** A number that must be positive to mean anything, such as a period. */
export function positive(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : otherwise
}

export function flag(value: unknown): boolean {
  return value === true
}

export function flagOrNull(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}

/** apimachinery IntOrString and resource.Quantity: JSON may hold either. */
export function numberOrText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' && Number.isFinite(value) ? String(value) : ''
}
