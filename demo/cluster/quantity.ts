const units: Readonly<Record<string, number>> = {
  m: 0.001,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  k: 1000,
  M: 1e6,
  G: 1e9,
}

/** A resource quantity as a number (cores, bytes, pieces); 0 for what can't be read. */
export function quantity(text: string | undefined): number {
  const match = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(text ?? '')
  if (!match) return 0
  const [, digits, unit = ''] = match
  return Number(digits) * (unit === '' ? 1 : (units[unit] ?? 0))
}
