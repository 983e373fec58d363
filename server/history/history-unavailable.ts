/**
 * Why history can't be kept. `locked`: someone else has the file. `read-only` and `unwritable`: the
 * file or its folder can't be written. `newer-schema`, `changed-migration`: it was made by another
 * version. `foreign`: it is no history of Plumbline's. `disk-full`, `busy`, `io`: the system refused,
 * which may pass. `corrupt`: the file is damaged. `off`: it isn't kept at all.
 */
export type UnavailableReason =
  | 'locked'
  | 'read-only'
  | 'unwritable'
  | 'newer-schema'
  | 'changed-migration'
  | 'foreign'
  | 'disk-full'
  | 'busy'
  | 'io'
  | 'corrupt'
  | 'off'

/** History can't be kept or read; the message is one line that names the file and the remedy. */
export class HistoryUnavailable extends Error {
  readonly reason: UnavailableReason

  constructor(reason: UnavailableReason, message: string) {
    super(message)
    this.name = 'HistoryUnavailable'
    this.reason = reason
  }

  /** Whether waiting may help; for all else someone has to do something first. */
  get passes(): boolean {
    return this.reason === 'disk-full' || this.reason === 'busy' || this.reason === 'io' || this.reason === 'corrupt'
  }
}
