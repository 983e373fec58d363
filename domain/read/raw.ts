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

/**
 * Reads each item that is an object. The same empty list is given for all that have none.
 * @param read gets the item and what stands in its place in `like`, and gives that back where it is equal
 * @param like an earlier answer: given back itself where all items are equal to it
 */
export function records<T>(
  value: unknown,
  read: (item: Raw, like: T | undefined) => T,
  like?: readonly T[],
): readonly T[] {
  if (!Array.isArray(value) || value.length === 0) return noItems
  let items: T[] | null = null
  let length = 0
  for (const raw of value) {
    if (!isRecord(raw)) continue
    const known = like?.[length]
    const item = read(raw, known)
    if (!items && (known === undefined || item !== known)) {
      // Given its size at once the list takes no more memory than it needs; 150,000 pods have a million lists.
      items = new Array<T>(value.length)
      for (let index = 0; index < length; index += 1) items[index] = like?.[index] as T
    }
    if (items) items[length] = item
    length += 1
  }
  if (!items) return like && like.length > 0 && length > 0 ? sameStart(like, length) : noItems
  if (length < items.length) items.length = length
  return items
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** The strings among the items; `like` where they are the same. */
export function texts(value: unknown, like?: readonly string[]): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) return noItems
  const found = value.every((item) => typeof item === 'string')
    ? value
    : value.filter((item) => typeof item === 'string')
  if (like?.length === found.length && like.every((item, index) => item === found[index])) return like
  return [...found]
}

function sameStart<T>(like: readonly T[], length: number): readonly T[] {
  return like.length === length ? like : like.slice(0, length)
}

export function text(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise
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
