import { affinityReason, antiAffinityReason, existingAntiAffinityReason } from './pod-affinity-filter.ts'
import { hostPortReason, unschedulableReason } from './pod-fit.ts'
import { missingLabelReason, spreadReason } from './spread-filter.ts'

/** What kind of thing keeps a pod off a node. */
export type ReasonKind =
  | 'cordon'
  | 'taint'
  | 'node-affinity'
  | 'host-port'
  | 'resources'
  | 'volume'
  | 'spread'
  | 'affinity'
  | 'anti-affinity'
  | 'other'

export interface ReasonWords {
  readonly kind: ReasonKind
  /** After "n nodes": plain words; the scheduler's own where Plumbline doesn't know the reason. */
  readonly words: string
  /** Moving or removing other pods can cure it (status code Unschedulable, not UnschedulableAndUnresolvable). */
  readonly preemptible: boolean
}

const known: ReadonlyMap<string, ReasonWords> = new Map<string, ReasonWords>([
  [unschedulableReason, { kind: 'cordon', words: 'are cordoned', preemptible: false }],
  [hostPortReason, { kind: 'host-port', words: 'have a host port it wants in use', preemptible: true }],
  ['Too many pods', { kind: 'resources', words: 'hold as many pods as they may', preemptible: true }],
  [spreadReason, { kind: 'spread', words: 'would break its topology spread constraints', preemptible: true }],
  [
    missingLabelReason,
    { kind: 'spread', words: 'lack a label that its topology spread constraints need', preemptible: false },
  ],
  [affinityReason, { kind: 'affinity', words: 'aren’t with the pods that it must be with', preemptible: false }],
  [antiAffinityReason, { kind: 'anti-affinity', words: 'are with pods that it must not be with', preemptible: true }],
  [
    existingAntiAffinityReason,
    { kind: 'anti-affinity', words: 'are with pods that don’t want it beside them', preemptible: true },
  ],
  // Up to 1.20, and in 1.21.
  ...["node(s) didn't match pod affinity/anti-affinity", "node(s) didn't match pod affinity/anti-affinity rules"].map(
    (reason) =>
      [reason, { kind: 'affinity', words: 'don’t suit its pod affinity or anti-affinity', preemptible: true }] as const,
  ),
])

/** Reasons that hold something of their own or have changed their wording over time. */
const patterns: readonly (readonly [RegExp, (match: RegExpExecArray) => ReasonWords])[] = [
  [
    /^node\(s\) had (?:untolerated )?taint \{(.*?): ?(.*?)\}/s,
    ([, key, value]) => ({
      kind: 'taint',
      words: `have the taint ${key}${value ? `=${value}` : ''}, which it doesn’t tolerate`,
      preemptible: false,
    }),
  ],
  [/taint/, () => ({ kind: 'taint', words: 'have a taint that it doesn’t tolerate', preemptible: false })],
  [
    /^Insufficient (.+)$/s,
    ([, resource]) => ({ kind: 'resources', words: `have too little ${resource} left`, preemptible: true }),
  ],
  [/volume|pvc\(s\)/i, () => ({ kind: 'volume', words: 'don’t suit its volumes', preemptible: false })],
  [
    /node affinity|node selector|prefilter result|plugin\(s\) \[NodeAffinity\]/,
    () => ({ kind: 'node-affinity', words: 'don’t match its node selector or node affinity', preemptible: false }),
  ],
]

/** Plain words for a reason of kube-scheduler, whatever its version. */
export function reasonWords(reason: string): ReasonWords {
  const exact = known.get(reason)
  if (exact) return exact
  for (const [pattern, words] of patterns) {
    const match = pattern.exec(reason)
    if (match) return words(match)
  }
  return { kind: 'other', words: reason, preemptible: false }
}
