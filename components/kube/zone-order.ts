const collator = new Intl.Collator('en', { numeric: true })

/** Names in the order in which people count: node-2 before node-10. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b)
}

/** Zones by name; what has no zone label comes last. */
export function compareZoneNames(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return collator.compare(a, b)
}
