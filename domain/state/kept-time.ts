/**
 * A time as it is kept, many hundred thousand times: whole seconds, which is all that most times of
 * Kubernetes have, are small integers to V8 and cost nothing beside the field that they are in; any
 * other number is a heap object of its own. Times that have milliseconds are kept half a millisecond
 * later, by which they are known.
 */
export type KeptTime = number | null

/** @param time whole milliseconds since the Unix epoch */
export function keepTime(time: number | null): KeptTime {
  if (time === null) return null
  return time % 1_000 === 0 ? time / 1_000 : time + 0.5
}

export function timeOf(kept: KeptTime): number | null {
  if (kept === null) return null
  return Number.isInteger(kept) ? kept * 1_000 : kept - 0.5
}
