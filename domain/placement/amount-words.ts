const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const

/**
 * An amount of a resource as people write it, such as "250m", "1500m", "2", "3.2Gi", "2".
 * @param amount as in ResourceAmounts: millicores of cpu, bytes, whole units
 */
export function amountWords(resource: string, amount: number): string {
  if (resource === 'cpu') return amount % 1000 === 0 ? String(amount / 1000) : `${amount}m`
  if (resource !== 'memory' && resource !== 'ephemeral-storage' && !resource.startsWith('hugepages-')) {
    return String(amount)
  }
  let size = amount
  let unit = 0
  while (Math.abs(size) >= 1024 && unit < binary.length - 1) {
    size /= 1024
    unit += 1
  }
  // Rounded down: what is said to be free must be.
  return `${Math.floor(size * 10) / 10}${binary[unit]}`
}
