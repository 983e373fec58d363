type Fields = Readonly<Record<string, unknown>>

/** Whether two values hold the same data. For trees of plain objects, lists and primitives, which is all that is read. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b)
  return !Array.isArray(b) && sameFields(a as Fields, b as Fields)
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index += 1) if (!sameValue(a[index], b[index])) return false
  return true
}

function sameFields(a: Fields, b: Fields): boolean {
  let left = 0
  for (const key in a) {
    left += 1
    const value = b[key]
    if (value === undefined || !sameValue(a[key], value)) return false
  }
  for (const _ in b) left -= 1
  return left === 0
}
