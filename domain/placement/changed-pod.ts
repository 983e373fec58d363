import type { Labels } from '../model/labels.ts'
import type { Pod } from '../model/pod.ts'
import type { ContainerSpec, PodSpec, Toleration, TopologySpreadConstraint } from '../model/pod-spec.ts'

/** The pod with some of its spec changed. */
export function withSpec(pod: Pod, parts: Partial<PodSpec>): Pod {
  return { ...pod, spec: { ...pod.spec, ...parts } }
}

export function withToleration(pod: Pod, toleration: Omit<Toleration, 'tolerationSeconds'>): Pod {
  return withSpec(pod, { tolerations: [...pod.spec.tolerations, { ...toleration, tolerationSeconds: null }] })
}

/** Null for `changed` drops the constraint. */
export function withConstraint(pod: Pod, index: number, changed: TopologySpreadConstraint | null): Pod {
  const constraints = pod.spec.topologySpreadConstraints.flatMap((each, at) => (at === index ? (changed ?? []) : each))
  return withSpec(pod, { topologySpreadConstraints: constraints })
}

/** Without what its containers request: of one resource, or of all. */
export function withoutRequests(pod: Pod, resource: string | null): Pod {
  const { containers, initContainers, overhead } = pod.spec
  const without = (resources: Labels): Labels => {
    const kept: Record<string, string | undefined> = {}
    for (const name in resources) if (resource !== null && name !== resource) kept[name] = resources[name]
    return kept
  }
  const lighten = (container: ContainerSpec) => ({ ...container, requests: without(container.requests) })
  return withSpec(pod, {
    containers: containers.map(lighten),
    initContainers: initContainers.map(lighten),
    overhead: without(overhead),
  })
}

export function withoutHostPorts(pod: Pod): Pod {
  const close = (container: ContainerSpec) => ({ ...container, ports: [] })
  const { containers, initContainers } = pod.spec
  return withSpec(pod, { containers: containers.map(close), initContainers: initContainers.map(close) })
}

/** Without one term of its required affinity or anti-affinity. */
export function withoutTerm(pod: Pod, field: 'podAffinity' | 'podAntiAffinity', index: number): Pod {
  const terms = pod.spec[field]
  if (!terms) return pod
  return withSpec(pod, { [field]: { ...terms, required: terms.required.filter((_, at) => at !== index) } })
}
