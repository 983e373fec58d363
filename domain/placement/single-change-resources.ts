import type { Pod } from '../model/pod.ts'
import { amountWords } from './amount-words.ts'
import { feasibleRooms, tryChange } from './change-try.ts'
import { withoutHostPorts, withoutRequests } from './changed-pod.ts'
import { PodFit } from './pod-fit.ts'
import { allocatableOf, type PodRequest } from './resource-amounts.ts'
import { type Shortage, shortages } from './resource-filter.ts'
import type { SchedulerRules } from './scheduler-rules.ts'
import type { NodeRoom, SchedulingView } from './scheduling-view.ts'
import type { SingleChange } from './single-change.ts'

/** Less requested, room freed, no host ports. */
export function* resourceChanges(
  pod: Pod,
  view: SchedulingView,
  rules: SchedulerRules,
): Generator<SingleChange | null> {
  const fit = new PodFit(pod, view, rules)
  yield roomChange(fit, view, rules)
  for (const resource of requested(fit.request)) {
    const rooms = feasibleRooms(withoutRequests(pod, resource), view, rules)
    yield requestChange(resource, fit.request, rooms)
  }
  const ports = [...pod.spec.containers, ...pod.spec.initContainers].flatMap((container) => container.ports)
  const hostPorts = ports.flatMap(({ hostPort }) => hostPort ?? [])
  if (hostPorts.length === 0) return
  const found = tryChange(withoutHostPorts(pod), view, rules)
  yield found && { kind: 'host-port', text: `Do without host port ${[...new Set(hostPorts)].join(', ')}`, ...found }
}

/** The node on which the least must be freed, where that is all that is amiss. */
function roomChange(fit: PodFit, view: SchedulingView, rules: SchedulerRules): SingleChange | null {
  let best: { room: NodeRoom; short: readonly Shortage[]; share: number } | null = null
  for (const room of view.rooms) {
    const short = shortages(fit.request, room, rules)
    if (short.length === 0) continue
    // What was never there can't be freed.
    if (short.some(({ requested, allocatable }) => requested > allocatable)) continue
    const share = Math.max(...short.map((each) => missing(each) / each.allocatable))
    if (best && share >= best.share) continue
    const load = room.load.copy()
    for (const each of short) load.free(each.resource, missing(each))
    if (fit.rejection({ node: room.node, load }) === null) best = { room, short, share }
  }
  if (!best) return null
  const { room, short } = best
  const words = short.map((each) =>
    each.resource === 'pods'
      ? `room for ${missing(each)} more pod${missing(each) === 1 ? '' : 's'}`
      : `${amountWords(each.resource, missing(each))} of ${each.resource}`,
  )
  return { kind: 'free-room', text: `Free ${words.join(' and ')} on ${room.node.name}`, nodes: 1, node: room.node.name }
}

function missing({ requested, used, allocatable }: Shortage): number {
  return requested - (allocatable - used)
}

function requested(request: PodRequest): string[] {
  const { cpu, memory, ephemeralStorage, scalars } = request
  return [
    ...(cpu > 0 ? ['cpu'] : []),
    ...(memory > 0 ? ['memory'] : []),
    ...(ephemeralStorage > 0 ? ['ephemeral-storage'] : []),
    ...[...scalars].flatMap(([name, amount]) => (amount > 0 ? name : [])),
  ]
}

/** @param rooms those that could take the pod if it requested nothing of the resource */
function requestChange(resource: string, request: PodRequest, rooms: readonly NodeRoom[]): SingleChange | null {
  let most = 0
  let node = ''
  for (const room of rooms) {
    const left = leftOf(resource, room)
    if (left <= most) continue
    most = left
    node = room.node.name
  }
  if (most === 0 || most >= amountOf(resource, request)) return null
  const text = `Lower its ${resource} request from ${amountWords(resource, amountOf(resource, request))} to ${amountWords(resource, most)}`
  return { kind: 'request', text, nodes: rooms.filter((room) => leftOf(resource, room) === most).length, node }
}

function amountOf(resource: string, { cpu, memory, ephemeralStorage, scalars }: PodRequest): number {
  if (resource === 'cpu') return cpu
  if (resource === 'memory') return memory
  return resource === 'ephemeral-storage' ? ephemeralStorage : (scalars.get(resource) ?? 0)
}

function leftOf(resource: string, { node, load }: NodeRoom): number {
  const has = allocatableOf(node)
  if (resource === 'cpu') return has.cpu - load.cpu
  if (resource === 'memory') return has.memory - load.memory
  if (resource === 'ephemeral-storage') return has.ephemeralStorage - load.ephemeralStorage
  return (has.scalars.get(resource) ?? 0) - load.scalar(resource)
}
