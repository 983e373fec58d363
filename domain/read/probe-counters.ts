import type { ProbeKind } from '../model/pod-spec.ts'
import type { ProbeCounters } from '../model/probe-counters.ts'
import { readPrometheusSample } from './prometheus-sample.ts'

export interface ReadProbeCounters {
  readonly counters: readonly ProbeCounters[]
  /** Lines that should be samples of prober_probe_total and can't be read. */
  readonly malformed: number
}

const metric = 'prober_probe_total'

const kinds: ReadonlyMap<string, ProbeKind> = new Map([
  ['Liveness', 'liveness'],
  ['Readiness', 'readiness'],
  ['Startup', 'startup'],
])
const results = new Set(['successful', 'failed', 'unknown'])

/**
 * Reads the answer of a kubelet's /metrics/probes, line by line. Other metrics, comments and kinds
 * or results of probes that are not known here are passed over; a line that is broken is counted
 * and costs nothing but itself.
 * @param at when it was asked for, ms since the Unix epoch
 */
export function readProbeCounters(text: string, at: number): ReadProbeCounters {
  const found = new Map<string, Writable<ProbeCounters>>()
  let malformed = 0
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    if (text.startsWith(metric, start)) {
      const sample = readPrometheusSample(text.slice(start, end))
      if (!sample || !isCount(sample.value)) malformed += 1
      else if (sample.name === metric && !count(found, sample.labels, sample.value, at)) malformed += 1
    } else if (!isPassedOver(text, start, end)) malformed += 1
    start = end + 1
  }
  return { counters: [...found.values()], malformed }
}

/** False where a label that says whose count this is, is missing. */
function count(
  found: Map<string, Writable<ProbeCounters>>,
  labels: ReadonlyMap<string, string>,
  value: number,
  at: number,
): boolean {
  const podUid = labels.get('pod_uid')
  const container = labels.get('container')
  const type = labels.get('probe_type')
  const result = labels.get('result')
  if (!podUid || !container || !type || !result) return false
  const kind = kinds.get(type)
  if (!kind || !results.has(result)) return true
  const key = `${podUid} ${kind} ${container}`
  let counters = found.get(key)
  if (!counters) {
    counters = { podUid, container, kind, successful: 0, failed: 0, unknown: 0, at }
    found.set(key, counters)
  }
  counters[result as 'successful' | 'failed' | 'unknown'] = value
  return true
}

/** Beyond 2^53 a count is no longer a whole number, and no probe has run so often. */
function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

/** Comments, empty lines, and samples of other metrics, of which only the beginning is looked at. */
function isPassedOver(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start)
  return start === end || first === hash || first === carriageReturn || isNameStart(first)
}

const hash = 0x23
const carriageReturn = 0x0d

function isNameStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code === 0x3a
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }
