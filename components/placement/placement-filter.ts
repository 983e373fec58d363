import type { PlacementGroup } from '../../domain/live/protocol.ts'

export interface PlacementFilter {
  readonly text: string
  /** Only groups of this topology key. */
  readonly key: string
  readonly violated: boolean
  /** The group whose domains are unfolded. */
  readonly group: string
}

export function placementFilterFromUrl(parameters: URLSearchParams): PlacementFilter {
  return {
    text: parameters.get('text') ?? '',
    key: parameters.get('key') ?? '',
    violated: parameters.get('violated') === '1',
    group: parameters.get('group') ?? '',
  }
}

export function matchesPlacement(group: PlacementGroup, filter: PlacementFilter): boolean {
  if (filter.violated && !group.violated) return false
  if (filter.key !== '' && group.topologyKey !== filter.key) return false
  if (filter.text === '') return true
  const text = filter.text.toLowerCase()
  return [group.namespace, group.workload.name, group.workload.kind, group.topologyKey].some((field) =>
    field.toLowerCase().includes(text),
  )
}

/** Violated first, by how far they are over; then by how near they are to it; then by name. */
export function comparePlacement(a: PlacementGroup, b: PlacementGroup): number {
  return (
    Number(b.violated) - Number(a.violated) ||
    b.skew - b.maxSkew - (a.skew - a.maxSkew) ||
    compareText(a.namespace, b.namespace) ||
    compareText(a.workload.name, b.workload.name) ||
    compareText(a.id, b.id)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
