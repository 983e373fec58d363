import type { LabelSelector, Labels } from '../model/labels.ts'
import type { Pod } from '../model/pod.ts'
import type { PodAffinityTerm } from '../model/pod-spec.ts'
import type { LabelPredicate } from './label-requirement.ts'
import { isEmptySelector, parseSelector } from './label-selector.ts'
import type { SchedulingView } from './scheduling-view.ts'

/**
 * A pod affinity term, ready to be asked (k/k pkg/scheduler/framework/types.go newAffinityTerm and
 * AffinityTerm.Matches): a pod matches by its labels and its namespace. Without namespaces and
 * namespaceSelector the owner's namespace is meant, with either it isn't added.
 */
export class AffinityTerm {
  readonly topologyKey: string
  /** Those that can be listed; null: any namespace may match. */
  readonly namespaces: readonly string[] | null
  readonly #inNamespace: (namespace: string) => boolean
  readonly #selects: (labels: Labels) => boolean

  constructor(term: PodAffinityTerm, owner: Pick<Pod, 'namespace' | 'labels'>, view: SchedulingView) {
    this.topologyKey = term.topologyKey
    this.#selects = selectorOf(mergeLabelKeys(term, owner.labels))
    const { namespaceSelector } = term
    const named = term.namespaces.length > 0 || namespaceSelector ? term.namespaces : [owner.namespace]
    this.namespaces = namespaceSelector ? null : named
    const selectsNamespace = namespaceSelector && parseSelector(namespaceSelector)
    const every = namespaceSelector !== null && isEmptySelector(namespaceSelector)
    const known = new Map<string, boolean>()
    this.#inNamespace = (namespace) => {
      if (every || named.includes(namespace)) return true
      if (!selectsNamespace) return false
      let answer = known.get(namespace)
      if (answer === undefined) {
        const labels = view.namespaceLabels(namespace)
        answer = labels !== undefined && selectsNamespace(labels)
        known.set(namespace, answer)
      }
      return answer
    }
  }

  matches({ namespace, labels }: Pick<Pod, 'namespace' | 'labels'>): boolean {
    return this.#selects(labels) && this.#inNamespace(namespace)
  }
}

const parsed = new WeakMap<LabelSelector, LabelPredicate>()

/** Selectors are shared by the pods of a workload, and asked about again and again. */
function selectorOf(selector: LabelSelector | null): LabelPredicate {
  if (selector === null) return parseSelector(null)
  const known = parsed.get(selector)
  if (known) return known
  const made = parseSelector(selector)
  parsed.set(selector, made)
  return made
}

/**
 * The selector with `key In [value]` for matchLabelKeys and `key NotIn [value]` for mismatchLabelKeys
 * that the owner has. API servers do this when a pod is created (k/k pkg/registry/core/pod/strategy.go
 * applyMatchLabelKeysAndMismatchLabelKeys, on from 1.31), so for pods it changes nothing; for a
 * workload's template, which nobody has merged yet, it does.
 */
function mergeLabelKeys(term: PodAffinityTerm, labels: Labels): LabelSelector | null {
  const { labelSelector, matchLabelKeys, mismatchLabelKeys } = term
  if (!labelSelector || matchLabelKeys.length + mismatchLabelKeys.length === 0) return labelSelector
  const added = (keys: readonly string[], operator: string) =>
    keys.flatMap((key) => {
      const value = labels[key]
      return value === undefined ? [] : [{ key, operator, values: [value] }]
    })
  return {
    ...labelSelector,
    matchExpressions: [
      ...labelSelector.matchExpressions,
      ...added(matchLabelKeys, 'In'),
      ...added(mismatchLabelKeys, 'NotIn'),
    ],
  }
}

/** Every pod that some of the terms might match, once. */
export function* podsInReach(terms: readonly AffinityTerm[], view: SchedulingView): Generator<Pod> {
  if (terms.some(({ namespaces }) => namespaces === null)) {
    yield* view.allPods()
    return
  }
  for (const namespace of new Set(terms.flatMap(({ namespaces }) => namespaces ?? []))) yield* view.podsIn(namespace)
}
