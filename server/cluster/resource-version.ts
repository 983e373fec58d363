/**
 * Whether `a` is older than `b`. resourceVersions are opaque except that, within one kind, they may
 * be compared as decimal numbers (KEP-5504); where either is not such a number nothing is claimed.
 */
export function isOlder(a: string, b: string): boolean {
  if (!decimal.test(a) || !decimal.test(b)) return false
  // Longer means larger; Number would lose digits beyond 2^53.
  return a.length === b.length ? a < b : a.length < b.length
}

const decimal = /^[1-9][0-9]*$/
