import { type Severity, severities } from '../../domain/health/severity.ts'
import type { BoardTile } from '../../domain/live/protocol.ts'
import { compareNames, compareZoneNames } from '../kube/zone-order.ts'

export interface BoardZone {
  /** Null: nodes without a zone label. */
  readonly name: string | null
  /** Its nodes in BoardModel.names: from (inclusive) to (exclusive). */
  readonly from: number
  readonly to: number
}

export const notReadyFlag = 1
export const cordonedFlag = 2
export const unknownFlag = 4

/** All nodes in the order in which they are drawn, zone by zone, as arrays: thousands are looked at for each frame. */
export interface BoardModel {
  readonly zones: readonly BoardZone[]
  readonly names: readonly string[]
  readonly index: ReadonlyMap<string, number>
  /** Four a node: errors, warnings, in progress, ok. */
  readonly counts: Uint16Array
  readonly flags: Uint8Array
  /** Pods without a node. */
  readonly homeless: Readonly<Record<Severity, number>>
  /** The fullest node's pods but for the fullest twentieth of nodes. */
  readonly usualMost: number
}

type Records = readonly (readonly [key: string, record: BoardTile])[]

/** @param last the order is kept where the nodes and their zones are the same */
export function boardModel(records: Records, last: BoardModel | null): BoardModel {
  const order = last && sameNodes(records, last) ? last : orderOf(records)
  const counts = new Uint16Array(order.names.length * 4)
  const flags = new Uint8Array(order.names.length)
  let homeless = noPods
  for (const [key, tile] of records) {
    const at = order.index.get(key.slice(prefix))
    if (at === undefined) {
      const [error, warning, progress, ok] = tile.pods
      homeless = { error, warning, progress, ok }
      continue
    }
    counts.set(tile.pods, at * 4)
    flags[at] =
      (tile.notReady ? notReadyFlag : 0) | (tile.cordoned ? cordonedFlag : 0) | (tile.unknown ? unknownFlag : 0)
  }
  return { ...order, counts, flags, homeless, usualMost: usualMost(counts) }
}

/** What the map of nodes looks like must not change with every pod. */
export function podsOnTile({ counts }: BoardModel, node: number): number {
  const at = node * 4
  return (counts[at] ?? 0) + (counts[at + 1] ?? 0) + (counts[at + 2] ?? 0) + (counts[at + 3] ?? 0)
}

/** Pods of several nodes by severity. */
export function sumCounts({ counts }: BoardModel, from: number, to: number): Record<Severity, number> {
  const sum = { ...noPods }
  for (let node = from; node < to; node += 1) {
    for (const [offset, severity] of severities.entries()) sum[severity] += counts[node * 4 + offset] ?? 0
  }
  return sum
}

export function notReadyIn({ flags }: BoardModel, from: number, to: number): number {
  let count = 0
  for (let node = from; node < to; node += 1) if ((flags[node] ?? 0) & notReadyFlag) count += 1
  return count
}

/** The severity of a node's pod, by its place: the worst come first. */
export function severityAt({ counts }: BoardModel, node: number, pod: number): Severity {
  let before = 0
  for (const [offset, severity] of severities.entries()) {
    before += counts[node * 4 + offset] ?? 0
    if (pod < before) return severity
  }
  return 'ok'
}

export function zoneOfNode({ zones }: BoardModel, node: number): number {
  return zones.findIndex(({ from, to }) => node >= from && node < to)
}

const prefix = 'node/'.length
const noPods: Readonly<Record<Severity, number>> = { error: 0, warning: 0, progress: 0, ok: 0 }

function sameNodes(records: Records, { names, index, zones }: BoardModel): boolean {
  let nodes = 0
  for (const [key, { zone }] of records) {
    const name = key.slice(prefix)
    if (name === '') continue
    nodes += 1
    const at = index.get(name)
    if (at === undefined) return false
    const known = zones.find(({ from, to }) => at >= from && at < to)
    if (!known || known.name !== zone) return false
  }
  return nodes === names.length
}

function orderOf(records: Records): Pick<BoardModel, 'zones' | 'names' | 'index'> {
  const byZone = new Map<string | null, string[]>()
  for (const [key, { zone }] of records) {
    const name = key.slice(prefix)
    if (name === '') continue
    const list = byZone.get(zone)
    if (list) list.push(name)
    else byZone.set(zone, [name])
  }
  const zones: BoardZone[] = []
  const names: string[] = []
  for (const zone of [...byZone.keys()].sort(compareZoneNames)) {
    const members = (byZone.get(zone) ?? []).sort(compareNames)
    zones.push({ name: zone, from: names.length, to: names.length + members.length })
    for (const member of members) names.push(member)
  }
  return { zones, names, index: new Map(names.map((name, at) => [name, at])) }
}

function usualMost(counts: Uint16Array): number {
  const pods = new Uint16Array(counts.length / 4)
  for (let node = 0; node < pods.length; node += 1) {
    for (let offset = 0; offset < 4; offset += 1) pods[node] = (pods[node] ?? 0) + (counts[node * 4 + offset] ?? 0)
  }
  pods.sort()
  return pods[Math.max(0, Math.ceil(pods.length * 0.95) - 1)] ?? 0
}
