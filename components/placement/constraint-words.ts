import type { PlacementGroup } from '../../domain/live/protocol.ts'

/** The constraint as a sentence: "At most 1 pod more in any zone than in the emptiest, or it isn't scheduled". */
export function constraintWords(group: PlacementGroup, topology: string): string {
  const pods = group.maxSkew === 1 ? '1 pod more' : `${group.maxSkew} pods more`
  const otherwise =
    group.whenUnsatisfiable === 'DoNotSchedule'
      ? 'else not scheduled'
      : group.whenUnsatisfiable === 'ScheduleAnyway'
        ? 'if it can be had'
        : group.whenUnsatisfiable
  return `At most ${pods} ${topology === 'node' ? 'on any node' : `in any ${topology}`} than in the emptiest, ${otherwise} (${group.whenUnsatisfiable})`
}
