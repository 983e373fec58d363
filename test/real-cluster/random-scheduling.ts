import type { Random } from '../support/random.ts'

const zone = 'topology.kubernetes.io/zone'
const host = 'kubernetes.io/hostname'
const rack = 'example.com/rack'
const disk = 'disk'
const generation = 'generation'
export const namespaces = ['judge-a', 'judge-b'] as const

export interface RandomNode {
  metadata: { name: string; labels: Record<string, string> }
  spec: { unschedulable?: boolean; taints?: object[] }
  status: { capacity: Record<string, string>; allocatable: Record<string, string> }
}

/** A node with anything that may matter to the scheduler, and now and then without what is usual. */
export function randomNode(random: Random, name: string): RandomNode {
  const labels: Record<string, string> = {}
  if (!random.oneIn(12)) labels[zone] = random.pick(['zone-a', 'zone-b', 'zone-c', 'zone-d'])
  if (!random.oneIn(20)) labels[host] = name
  if (!random.oneIn(4)) labels[rack] = random.pick(['r1', 'r2', 'r3'])
  if (!random.oneIn(3)) labels[disk] = random.pick(['ssd', 'hdd'])
  if (random.oneIn(2)) labels[generation] = random.pick(['1', '2', '3', 'x'])
  const taints: object[] = []
  if (random.oneIn(5)) taints.push(randomTaint(random, 'dedicated'))
  if (random.oneIn(8)) taints.push(randomTaint(random, 'gpu'))
  const allocatable: Record<string, string> = {
    cpu: random.pick(['500m', '1500m', '4', '8', '16']),
    memory: random.pick(['512Mi', '2G', '8Gi', '16Gi']),
    pods: random.pick(['3', '8', '16', '110']),
  }
  if (!random.oneIn(4)) allocatable['ephemeral-storage'] = random.pick(['1Gi', '10G'])
  if (random.oneIn(3)) allocatable['example.com/gpu'] = random.pick(['0', '1', '2'])
  if (random.oneIn(4)) allocatable['hugepages-2Mi'] = random.pick(['4Mi', '64Mi'])
  return {
    metadata: { name, labels },
    spec: { ...(random.oneIn(9) && { unschedulable: true }), ...(taints.length > 0 && { taints }) },
    status: { capacity: allocatable, allocatable },
  }
}

function randomTaint(random: Random, key: string): object {
  const value = random.pick(['', 'a', 'b'])
  // Pods on a node whose NoExecute taint they don't tolerate would be evicted, but they don't get there.
  return {
    key,
    ...(value && { value }),
    effect: random.pick(['NoSchedule', 'NoSchedule', 'NoExecute', 'PreferNoSchedule']),
  }
}

/** A pod template: label app tells its pods from those of others. */
export interface RandomTemplate {
  readonly namespace: string
  readonly labels: Record<string, string>
  readonly spec: object
}

export function randomTemplate(random: Random, index: number): RandomTemplate {
  const labels: Record<string, string> = { app: `app-${index % 4}` }
  if (random.oneIn(2)) labels.tier = random.pick(['front', 'back'])
  if (random.oneIn(3)) labels.revision = random.pick(['1', '2'])
  const affinity = randomAffinity(random)
  const spreads = randomSpreads(random)
  const init = random.oneIn(4) ? [container(random, 'init')] : []
  return {
    namespace: random.pick(namespaces),
    labels,
    spec: {
      terminationGracePeriodSeconds: 600,
      containers: Array.from({ length: random.oneIn(4) ? 2 : 1 }, (_, each) => container(random, `main-${each}`)),
      ...(init.length > 0 && { initContainers: init }),
      ...(random.oneIn(7) && { nodeSelector: { [random.pick([disk, rack])]: random.pick(['ssd', 'r1', 'r2']) } }),
      ...(Object.keys(affinity).length > 0 && { affinity }),
      ...(random.oneIn(2) && { tolerations: randomTolerations(random) }),
      ...(spreads.length > 0 && { topologySpreadConstraints: spreads }),
    },
  }
}

function container(random: Random, name: string): object {
  const requests: Record<string, string> = {}
  if (!random.oneIn(4)) requests.cpu = random.pick(['0', '100m', '250m', '0.4', '1', '1001m'])
  if (!random.oneIn(3)) requests.memory = random.pick(['0', '64Mi', '200M', '600Mi', '1Gi'])
  if (random.oneIn(6)) requests['ephemeral-storage'] = random.pick(['100Mi', '2G'])
  const limits: Record<string, string> = {}
  if (random.oneIn(9)) limits['example.com/gpu'] = random.pick(['0', '1', '2'])
  if (random.oneIn(12)) {
    limits['hugepages-2Mi'] = random.pick(['2Mi', '8Mi'])
    requests.memory ??= '64Mi'
  }
  const port = () => ({
    containerPort: random.pick([80, 81]),
    hostPort: random.pick([8080, 8081]),
    ...(random.oneIn(2) && { hostIP: random.pick(['127.0.0.1', '127.0.0.2', '0.0.0.0']) }),
    ...(random.oneIn(3) && { protocol: 'UDP' }),
  })
  return {
    name,
    image: 'example.com/app:1',
    resources: { requests, limits },
    ...(random.oneIn(7) && { ports: [port()] }),
  }
}

function randomTolerations(random: Random): object[] {
  return Array.from({ length: 1 + random.below(2) }, () => {
    if (random.oneIn(8)) return { operator: 'Exists' }
    const key = random.pick(['dedicated', 'gpu', 'node.kubernetes.io/unschedulable'])
    const effect = random.pick(['', 'NoSchedule', 'NoExecute'])
    const what = random.oneIn(2) ? { operator: 'Exists' } : { value: random.pick(['', 'a', 'b']) }
    return { key, ...what, ...(effect && { effect }) }
  })
}

function randomSelector(random: Random): object | undefined {
  switch (random.below(8)) {
    case 0:
      return {}
    case 1:
      return undefined
    case 2:
      return { matchExpressions: [{ key: 'tier', operator: random.pick(['Exists', 'DoesNotExist']) }] }
    case 3:
      return { matchExpressions: [{ key: 'app', operator: random.pick(['In', 'NotIn']), values: ['app-0', 'app-1'] }] }
    case 4:
      return { matchLabels: { tier: 'front' } }
    default:
      return { matchLabels: { app: `app-${random.below(4)}` } }
  }
}

function randomSpreads(random: Random): object[] {
  if (random.oneIn(2)) return []
  const keys = random.shuffled([zone, host, rack]).slice(0, 1 + random.below(3))
  return keys.flatMap((topologyKey) => {
    const selector = randomSelector(random)
    return {
      topologyKey,
      maxSkew: 1 + random.below(3),
      whenUnsatisfiable: random.oneIn(4) ? 'ScheduleAnyway' : 'DoNotSchedule',
      ...(selector && { labelSelector: selector }),
    }
  })
}

function randomAffinity(random: Random): Record<string, object> {
  const affinity: Record<string, object> = {}
  const term = () => {
    const selector = randomSelector(random)
    return {
      topologyKey: random.pick([zone, host, rack]),
      ...(selector && { labelSelector: selector }),
      ...(random.oneIn(3) && { namespaces: random.pick([['judge-a'], ['judge-b'], ['judge-a', 'judge-b']]) }),
    }
  }
  const terms = () => Array.from({ length: random.oneIn(4) ? 2 : 1 }, term)
  const weighted = () => [{ weight: 1 + random.below(100), podAffinityTerm: term() }]
  if (random.oneIn(7)) affinity.podAffinity = { requiredDuringSchedulingIgnoredDuringExecution: terms() }
  else if (random.oneIn(6)) affinity.podAffinity = { preferredDuringSchedulingIgnoredDuringExecution: weighted() }
  if (random.oneIn(6)) affinity.podAntiAffinity = { requiredDuringSchedulingIgnoredDuringExecution: terms() }
  else if (random.oneIn(5)) affinity.podAntiAffinity = { preferredDuringSchedulingIgnoredDuringExecution: weighted() }
  if (random.oneIn(7)) {
    const nodeSelectorTerms = Array.from({ length: 1 + random.below(2) }, () => nodeTerm(random))
    affinity.nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } }
  } else if (random.oneIn(6)) {
    const preference = { matchExpressions: [nodeExpression(random)] }
    affinity.nodeAffinity = {
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1 + random.below(100), preference }],
    }
  }
  return affinity
}

function nodeTerm(random: Random): object {
  if (random.oneIn(6)) return {}
  const matchExpressions = Array.from({ length: 1 + random.below(2) }, () => nodeExpression(random))
  if (!random.oneIn(5)) return { matchExpressions }
  const operator = random.pick(['In', 'NotIn'])
  return { matchExpressions, matchFields: [{ key: 'metadata.name', operator, values: [`node-${random.below(8)}`] }] }
}

function nodeExpression(random: Random): object {
  switch (random.below(4)) {
    case 0:
      return { key: generation, operator: random.pick(['Gt', 'Lt']), values: [random.pick(['0', '1', '2'])] }
    case 1:
      return { key: rack, operator: random.pick(['Exists', 'DoesNotExist']) }
    case 2:
      return { key: disk, operator: random.pick(['In', 'NotIn']), values: ['ssd'] }
    default:
      return { key: zone, operator: random.pick(['In', 'NotIn']), values: ['zone-a', 'zone-b'] }
  }
}
