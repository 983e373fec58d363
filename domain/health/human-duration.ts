const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/**
 * A span as kubectl writes it: "20s", "2m5s", "3h20m", "5d3h", "2y30d". The larger it is, the less
 * of it is told (apimachinery pkg/util/duration, HumanDuration).
 * @param milliseconds a little below zero is 0s, for clocks differ; further below it is "<invalid>"
 */
export function humanDuration(milliseconds: number): string {
  // Go's Duration counts ns; its integer divisions cut towards zero.
  const seconds = Math.trunc(milliseconds / second)
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 2 * 60) return `${seconds}s`
  const minutes = Math.trunc(milliseconds / minute)
  if (minutes < 10) return pair(minutes, 'm', seconds % 60, 's')
  if (minutes < 3 * 60) return `${minutes}m`
  const hours = Math.trunc(milliseconds / hour)
  if (hours < 8) return pair(hours, 'h', minutes % 60, 'm')
  if (hours < 48) return `${hours}h`
  if (hours < 8 * 24) return pair(Math.trunc(hours / 24), 'd', hours % 24, 'h')
  if (hours < 2 * 365 * 24) return `${Math.trunc(hours / 24)}d`
  const years = Math.trunc(hours / (24 * 365))
  return years < 8 ? pair(years, 'y', Math.trunc(hours / 24) % 365, 'd') : `${years}y`
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`
}
