import type * as rows from '../../prisma/client/models.ts'
import type { ContainerRun, KeptEvent, ReadinessChange, SkewViolation } from './pod-history.ts'

/** Rows of the database as the rest of the service knows them: no BigInt, no 0 and 1 for yes and no. */

/** `missedBefore` is 0: what was missed shows only beside the run before. */
export function readRun(row: rows.ContainerRunModel): ContainerRun {
  return {
    container: row.container,
    containerType: row.containerType,
    containerID: /^(?:started|attempt)\/\d+$/.test(row.identity) ? null : row.identity,
    attempt: row.attempt,
    missedBefore: 0,
    startedAt: instant(row.startedAt),
    finishedAt: instant(row.finishedAt),
    finishedApproximate: row.finishedApproximate === 1,
    exitCode: row.exitCode,
    signal: row.signal,
    reason: row.reason,
    message: row.message,
  }
}

export function readReadiness(row: rows.ReadinessChangeModel): ReadinessChange {
  return {
    at: Number(row.at),
    container: row.container === '' ? null : row.container,
    ready: row.ready === 1,
    approximate: row.approximate === 1,
    reason: row.reason,
  }
}

export function readEvent(row: rows.EventModel & { sightings?: readonly { at: bigint }[] }): KeptEvent {
  return {
    container: row.container === '' ? null : row.container,
    eventType: row.type,
    reason: row.reason,
    message: row.message,
    count: row.count,
    firstAt: Number(row.firstAt),
    lastAt: Number(row.lastAt),
    source: row.source,
    sightings: (row.sightings ?? []).map(({ at }) => Number(at)),
  }
}

export function readViolation(
  row: rows.SkewViolationModel & { group: rows.SkewGroupModel & { workload: rows.SubjectModel } },
): SkewViolation {
  const { group } = row
  return {
    group: group.identity,
    namespace: group.workload.namespace,
    workload: { kind: group.workload.kind, name: group.workload.name },
    topologyKey: group.topologyKey,
    maxSkew: group.maxSkew,
    whenUnsatisfiable: group.whenUnsatisfiable,
    beganAt: Number(row.beganAt),
    endedAt: instant(row.endedAt),
    endedApproximate: row.endedApproximate === 1,
    worstSkew: row.worstSkew,
  }
}

export function instant(value: bigint | null): number | null {
  return value === null ? null : Number(value)
}
