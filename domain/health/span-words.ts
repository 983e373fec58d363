/** A span of time for a sentence: "1 s", "90 s", "5 min", "2 h 10 min". Whole seconds, rounded. */
export function spanWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000))
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return join(`${minutes} min`, seconds % 60, 's')
  return join(`${Math.floor(minutes / 60)} h`, minutes % 60, 'min')
}

function join(large: string, rest: number, unit: string): string {
  return rest === 0 ? large : `${large} ${rest} ${unit}`
}
