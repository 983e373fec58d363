import {
  CircleCheck,
  CircleX,
  HardDrive,
  HeartPulse,
  type LucideIcon,
  MemoryStick,
  OctagonX,
  PowerOff,
  Unplug,
  Webhook,
} from 'lucide-react'
import type { RunCause, RunCauseType } from '../../domain/health/run-cause.ts'
import type { Severity } from '../../domain/health/severity.ts'
import type { KnownRun } from './container-runs.ts'

export interface RunLook {
  readonly severity: Severity | 'none'
  readonly Icon: LucideIcon
}

/** Ends that say nothing bad of the container itself. */
const outside: ReadonlySet<RunCauseType> = new Set(['deleted', 'node-shutdown', 'evicted', 'lost', 'config'])

const icons: Readonly<Partial<Record<RunCauseType, LucideIcon>>> = {
  oom: MemoryStick,
  liveness: HeartPulse,
  startup: HeartPulse,
  completed: CircleCheck,
  hook: Webhook,
  'start-failed': OctagonX,
  executable: OctagonX,
  'node-shutdown': PowerOff,
  evicted: HardDrive,
  lost: Unplug,
  deleted: PowerOff,
}

/** Colour and sign of a run: how it ended, and what ended it. */
export function runLook({ cause, finishedAt }: Pick<KnownRun, 'cause' | 'finishedAt'>): RunLook {
  if (cause === null || finishedAt === null) return { severity: 'ok', Icon: CircleCheck }
  const Icon = icons[cause.type] ?? CircleX
  if (cause.type === 'completed') return { severity: 'none', Icon }
  return { severity: outside.has(cause.type) ? 'none' : 'error', Icon }
}

const enders: Readonly<Record<RunCause['endedBy'], string>> = {
  kubelet: 'ended by the kubelet',
  kernel: 'killed by the kernel',
  itself: 'ended by itself',
  user: 'ended by a person or controller',
  node: 'ended with its node',
  unknown: '',
}

/** Who ended a run; empty where nobody knows or the cause says it already. */
export function enderWords(cause: RunCause): string {
  if (cause.type === 'completed') return ''
  if (cause.type === 'signal' && cause.endedBy === 'unknown') return 'sent by whom isn’t known'
  return enders[cause.endedBy]
}

/** A cause that isn't certain and doesn't say so in its own words. */
export function isUnsaid({ certain, type, words }: RunCause): boolean {
  return !certain && type !== 'unknown' && type !== 'signal' && !/likely|perhaps/.test(words)
}
