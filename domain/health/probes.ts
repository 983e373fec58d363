// STUB
import type { ProbeDetail } from '../live/protocol.ts'
export function probeDetails(..._args: unknown[]): readonly ProbeDetail[] { return [] }
