import type { ClusterObject } from '../../domain/model/cluster-object.ts'
import { readClusterObject } from '../../domain/read/cluster-object.ts'
import { listPages } from './list.ts'
import type { Reflector, ReflectorOptions } from './reflector.ts'
import { isOlder } from './resource-version.ts'

/** How long a difference is given to explain itself by the watch catching up, ms. */
const settleFor = 5_000

/**
 * Compares the kept copy of one kind with a fresh list while its watch goes on, and mends it: etcd
 * and the watch cache have lost events before (etcd#15271, #17529, #18089). An object counts as
 * drift only when the list is not newer than the watch and the two still disagree.
 * @returns the number of objects that had drifted; 0 is what one expects; null where the list failed
 */
export async function verifyKind(
  reflector: Reflector,
  options: ReflectorOptions,
  uids: () => Iterable<string>,
  signal: AbortSignal,
): Promise<number | null> {
  const { sink, interner, budget, connection } = options
  const kind = reflector.kind
  const removed = new Set<string>()
  reflector.removals = removed
  try {
    return await compare()
  } finally {
    reflector.removals = null
  }

  async function compare(): Promise<number | null> {
    const before = new Map<string, string | undefined>()
    for (const uid of uids()) before.set(uid, sink.version(kind, uid))
    const listed = new Map<string, string>()
    const different: ClusterObject[] = []
    const result = await budget.withListSlot(signal, () =>
      listPages(
        connection,
        reflector.path,
        signal,
        () => budget.count(kind, 'list', 'verify'),
        (items) => {
          for (const item of items) {
            const object = readClusterObject(kind, item, interner)
            if (!object) continue
            listed.set(object.uid, object.resourceVersion)
            if (sink.version(kind, object.uid) !== object.resourceVersion) different.push(object)
          }
        },
      ),
    )
    if (result.type !== 'listed') return null
    const until = performance.now() + settleFor
    while (isOlder(reflector.resourceVersion, result.resourceVersion) && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      signal.throwIfAborted()
    }
    // The watch may have been begun anew meanwhile: then its own list has already mended everything.
    if (reflector.status.state !== 'live') return 0
    let drift = 0
    for (const object of different) {
      const kept = sink.version(kind, object.uid)
      const missed = kept === undefined ? !removed.has(object.uid) : isOlder(kept, object.resourceVersion)
      if (!missed) continue
      drift += 1
      sink.apply(object)
    }
    for (const [uid, version] of before) {
      if (!listed.has(uid) && version !== undefined && sink.version(kind, uid) === version) {
        drift += 1
        sink.remove(kind, uid, null)
      }
    }
    reflector.counters.drift += drift
    return drift
  }
}
