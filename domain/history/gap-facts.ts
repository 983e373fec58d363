import type { ClusterObjectKind } from '../model/cluster-object.ts'
import type { GapFact } from './fact.ts'

/** A kind could not be heard from `from` to `to`: what happened in between is known only by its results. */
export function watchLost(kind: ClusterObjectKind, from: number, to: number): GapFact {
  return { type: 'gap', at: to, cause: 'watch-lost', kind, from, to: Math.max(from, to), dropped: 0 }
}

/** The server's versions of a kind went backwards: its storage was restored from a backup. */
export function rewound(kind: ClusterObjectKind, at: number): GapFact {
  return { type: 'gap', at, cause: 'rewound', kind, from: at, to: at, dropped: 0 }
}

export function plumblineDown(from: number, to: number): GapFact {
  return { type: 'gap', at: to, cause: 'down', kind: '', from, to: Math.max(from, to), dropped: 0 }
}

/** `dropped` facts, learned between `from` and `to`, could not be written. */
export function factsDropped(dropped: number, from: number, to: number): GapFact {
  return { type: 'gap', at: to, cause: 'dropped', kind: '', from, to: Math.max(from, to), dropped }
}
