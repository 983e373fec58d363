import type { PodRow } from '../live/pod-row.ts'

/** Whether two rows of one pod show the same. */
export function samePodRow(a: PodRow, b: PodRow): boolean {
  return (
    a.node === b.node &&
    a.zone === b.zone &&
    a.phase === b.phase &&
    a.status === b.status &&
    a.ready === b.ready &&
    a.restarts === b.restarts &&
    a.lastRestartAt === b.lastRestartAt &&
    a.severity === b.severity &&
    a.workload?.kind === b.workload?.kind &&
    a.workload?.name === b.workload?.name &&
    a.init?.done === b.init?.done &&
    a.init?.total === b.init?.total
  )
}
