import type { WhatIfChange } from '../../domain/placement/what-if-request.ts'

/** What is supposed, as the address has it. */
export interface Suppositions {
  readonly zones: readonly string[]
  readonly nodes: readonly string[]
  readonly how: 'deleted' | 'down'
  readonly scale: readonly Scaling[]
  readonly add: readonly Adding[]
  readonly spread: readonly Constraining[]
}

export interface WorkloadName {
  readonly namespace: string
  readonly kind: string
  readonly name: string
}

export interface Scaling extends WorkloadName {
  readonly replicas: number
}

export interface Adding {
  readonly count: number
  readonly like: string
  /** Empty: the zone of the node that they are like. */
  readonly zone: string
}

export interface Constraining extends WorkloadName {
  readonly topologyKey: string
  /** Null: as it is. */
  readonly maxSkew: number | null
  readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway' | null
}

export const nothing: Suppositions = { zones: [], nodes: [], how: 'deleted', scale: [], add: [], spread: [] }

/** More are refused by the server. */
export const mostSuppositions = 10

/** The page on which something is supposed. Names in Kubernetes hold no colon, and slashes only where they are counted. */
export function whatIfAddress(supposed: Partial<Suppositions>): string {
  const query = whatIfQuery({ ...nothing, ...supposed })
  return query === '' ? '/what-if' : `/what-if?${query}`
}

export function whatIfQuery({ zones, nodes, how, scale, add, spread }: Suppositions): string {
  const parameters = new URLSearchParams()
  for (const zone of zones) parameters.append('zone', zone)
  for (const node of nodes) parameters.append('node', node)
  if (how === 'down' && zones.length + nodes.length > 0) parameters.set('how', 'down')
  for (const each of scale) parameters.append('scale', `${workloadText(each)}:${each.replicas}`)
  for (const { count, like, zone } of add) parameters.append('add', [count, like, ...(zone ? [zone] : [])].join(':'))
  for (const each of spread) {
    const parts = [workloadText(each), each.topologyKey]
    if (each.maxSkew !== null) parts.push(`maxSkew=${each.maxSkew}`)
    if (each.whenUnsatisfiable !== null) parts.push(each.whenUnsatisfiable)
    parameters.append('spread', parts.join(':'))
  }
  return parameters.toString()
}

/** What makes no sense is left out. */
export function suppositionsFromUrl(parameters: URLSearchParams): Suppositions {
  return {
    zones: names(parameters.getAll('zone')),
    nodes: names(parameters.getAll('node')),
    how: parameters.get('how') === 'down' ? 'down' : 'deleted',
    scale: parameters.getAll('scale').flatMap((text) => {
      const [workload = '', count = ''] = text.split(':')
      const found = workloadOf(workload)
      const replicas = whole(count, 0, 100_000)
      return found && replicas !== null ? [{ ...found, replicas }] : []
    }),
    add: parameters.getAll('add').flatMap((text) => {
      const [number = '', like = '', zone = ''] = text.split(':')
      const count = whole(number, 1, 1_000)
      return count !== null && like !== '' ? [{ count, like, zone }] : []
    }),
    spread: parameters.getAll('spread').flatMap((text) => {
      const [workload = '', topologyKey = '', ...rest] = text.split(':')
      const found = workloadOf(workload)
      if (!found || topologyKey === '') return []
      const when = rest.find((each) => each === 'DoNotSchedule' || each === 'ScheduleAnyway')
      const skew = rest.find((each) => each.startsWith('maxSkew='))?.slice('maxSkew='.length) ?? ''
      const whenUnsatisfiable = when === 'DoNotSchedule' || when === 'ScheduleAnyway' ? when : null
      return [{ ...found, topologyKey, maxSkew: whole(skew, 1, 100_000), whenUnsatisfiable }]
    }),
  }
}

/** What the server is asked; null: nothing is supposed. */
export function whatIfChanges({ zones, nodes, how, scale, add, spread }: Suppositions): WhatIfChange[] | null {
  const workload = ({ kind, name }: WorkloadName) => ({ kind, name })
  const changes: WhatIfChange[] = [
    ...(zones.length + nodes.length > 0 ? [{ type: 'lose' as const, zones: [...zones], nodes: [...nodes], how }] : []),
    ...add.map(({ count, like, zone }) => ({ type: 'add-nodes' as const, like, count, ...(zone ? { zone } : {}) })),
    ...scale.map((each) => ({
      type: 'scale' as const,
      namespace: each.namespace,
      workload: workload(each),
      replicas: each.replicas,
    })),
    ...spread.map((each) => ({
      type: 'constraint' as const,
      namespace: each.namespace,
      workload: workload(each),
      topologyKey: each.topologyKey,
      ...(each.maxSkew === null ? {} : { maxSkew: each.maxSkew }),
      ...(each.whenUnsatisfiable === null ? {} : { whenUnsatisfiable: each.whenUnsatisfiable }),
    })),
  ]
  return changes.length === 0 ? null : changes.slice(0, mostSuppositions)
}

export function workloadText({ namespace, kind, name }: WorkloadName): string {
  return `${namespace}/${kind}/${name}`
}

export function workloadOf(text: string): WorkloadName | null {
  const [namespace = '', kind = '', name = '', ...rest] = text.split('/')
  return namespace === '' || kind === '' || name === '' || rest.length > 0 ? null : { namespace, kind, name }
}

function names(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text) => text !== ''))]
}

function whole(text: string, least: number, most: number): number | null {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most ? value : null
}
