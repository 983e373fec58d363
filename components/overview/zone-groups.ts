import { type Severity, severities } from '../../domain/health/severity.ts'
import type { BoardNode, OverviewSkew } from '../../domain/live/protocol.ts'
import { isZoneKey } from '../kube/topology-key.ts'
import { compareNames, compareZoneNames } from '../kube/zone-order.ts'

export interface Zone {
  /** Null: nodes without a zone label. */
  readonly name: string | null
  /** Not ready first, then by name. */
  readonly nodes: readonly BoardNode[]
  readonly notReady: number
  readonly pods: Readonly<Record<Severity, number>>
  /** Violated zone spreads in which this zone holds too many pods. */
  readonly overfull: readonly { readonly group: OverviewSkew; readonly count: number; readonly over: number }[]
}

/** Nodes by zone, zones by name, those without a label last. */
export function zonesOf(nodes: readonly BoardNode[], skews: readonly OverviewSkew[]): readonly Zone[] {
  const byZone = new Map<string | null, BoardNode[]>()
  for (const node of nodes) {
    const list = byZone.get(node.zone)
    if (list) list.push(node)
    else byZone.set(node.zone, [node])
  }
  const names = [...byZone.keys()].sort(compareZoneNames)
  return names.map((name) => {
    const members = (byZone.get(name) ?? []).sort(
      (a, b) => Number(a.ready) - Number(b.ready) || compareNames(a.name, b.name),
    )
    return {
      name,
      nodes: members,
      notReady: members.filter((node) => !node.ready).length,
      pods: addUp(members),
      overfull: name === null ? [] : overfullIn(name, skews),
    }
  })
}

function addUp(nodes: readonly BoardNode[]): Record<Severity, number> {
  const sum: Record<Severity, number> = { ok: 0, progress: 0, warning: 0, error: 0 }
  for (const node of nodes) {
    for (const severity of severities) sum[severity] += node.pods[severity]
  }
  return sum
}

function overfullIn(zone: string, skews: readonly OverviewSkew[]): Zone['overfull'] {
  return skews.flatMap((group) => {
    if (!group.violated || !isZoneKey(group.topologyKey)) return []
    const count = group.domains.find((domain) => domain.value === zone)?.count ?? 0
    const over = count - group.globalMinimum - group.maxSkew
    return over > 0 ? [{ group, count, over }] : []
  })
}

export function podsOn(node: Pick<BoardNode, 'pods'>): number {
  return severities.reduce((sum, severity) => sum + node.pods[severity], 0)
}
