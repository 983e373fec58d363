import type { Pod } from '../model/pod.ts'
import { AffinityTerm } from './affinity-term.ts'
import { tryChange } from './change-try.ts'
import { withoutTerm } from './changed-pod.ts'
import { HypotheticalView } from './hypothetical-view.ts'
import type { SchedulerRules } from './scheduler-rules.ts'
import type { SchedulingView } from './scheduling-view.ts'
import type { NameWorkload, SingleChange } from './single-change.ts'
import { termWords } from './term-words.ts'

/** Most other workloads whose anti-affinity is tried without. */
const triedAtMost = 10

/** One term less, the pod's own or another's. */
export function* affinityChanges(
  pod: Pod,
  view: SchedulingView,
  rules: SchedulerRules,
  nameWorkload: NameWorkload,
): Generator<SingleChange | null> {
  for (const [index, term] of (pod.spec.podAffinity?.required ?? []).entries()) {
    const found = tryChange(withoutTerm(pod, 'podAffinity', index), view, rules)
    yield found && { kind: 'affinity', text: `Drop its required affinity to ${termWords(term)}`, ...found }
  }
  const own = pod.spec.podAntiAffinity?.required ?? []
  const alike = JSON.stringify(own)
  for (const [index, term] of own.entries()) {
    // Whoever drops it from the template drops it from the workload's other pods too.
    const without = new HypotheticalView(view, rules)
    for (const { namespace, terms } of own.length === 1 ? view.antiAffinityCarriers() : []) {
      if (namespace === pod.namespace && JSON.stringify(terms) === alike) without.ignoreAntiAffinity(terms)
    }
    const found = tryChange(withoutTerm(pod, 'podAntiAffinity', index), without, rules)
    yield found && { kind: 'anti-affinity', text: `Drop its required anti-affinity to ${termWords(term)}`, ...found }
  }
  let tried = 0
  for (const { namespace, terms, pods } of view.antiAffinityCarriers()) {
    if (tried === triedAtMost) return
    const [carrier] = firstOf(pods)
    if (!carrier || (namespace === pod.namespace && JSON.stringify(terms) === alike)) continue
    const term = terms.find((each) => new AffinityTerm(each, carrier, view).matches(pod))
    if (!term) continue
    tried += 1
    const without = new HypotheticalView(view, rules)
    without.ignoreAntiAffinity(terms)
    const found = tryChange(pod, without, rules)
    const text = `Drop the required anti-affinity of ${namespace}/${nameWorkload(carrier)} to ${termWords(term)}`
    yield found && { kind: 'anti-affinity', text, ...found }
  }
}

function* firstOf<T>(items: Iterable<T>): Generator<T> {
  for (const item of items) {
    yield item
    return
  }
}
