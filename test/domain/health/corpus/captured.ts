import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CorpusCase } from './case.ts'

type Expected = Pick<CorpusCase, 'causes' | 'problems' | 'init' | 'probes'>

interface Captured {
  readonly name: string
  /** When, ms since the epoch. */
  readonly now: number
  /** READY STATUS RESTARTS in the server's own table at that moment. */
  readonly row: string
  readonly pod: unknown
  readonly events: readonly unknown[]
}

const fixture = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'corpus', 'kubernetes-1.20.json')

const loop: Expected['problems'] = ['restart-loop']
const failed: Expected['problems'] = ['pod-failed']
const waits: Expected['problems'] = ['container-waiting']
const fails: Expected['problems'] = ['probe-failing']

/**
 * What each pod was made to do (annotation `expect`). That events are missing is part of it: from
 * the 26th warning of a pod on, its kubelet passes on one in five minutes.
 */
const expected: Readonly<Record<string, Expected>> = {
  'admission-nodename-cpu': { problems: failed },
  deadline: { problems: failed },
  'empty-dir-evicted': { problems: failed },
  'exit-0-always': { causes: { app: 'completed' }, problems: loop },
  'exit-0-always, later': { causes: { app: 'completed' }, problems: loop },
  'exit-0-never': { causes: { app: 'completed' }, problems: [] },
  'exit-0-onfailure': { causes: { app: 'completed' }, problems: [] },
  'exit-2-onfailure': { causes: { app: 'exit' }, problems: loop },
  'exit-255': { causes: { app: 'exit' }, problems: loop },
  finalizer: { causes: { app: 'deleted' }, problems: ['pod-terminating-stuck'] },
  'finished-finalizer': { causes: { app: 'completed' }, problems: ['pod-terminating-stuck'] },
  'init-config': { causes: { init0: 'config' }, init: ['failed!'], problems: ['init-failing'] },
  'init-image': { causes: { init0: 'image' }, init: ['failed!'], problems: ['init-failing'] },
  'init-never-fails': { causes: { init0: 'completed', init1: 'exit' }, init: ['done', 'failed'], problems: failed },
  'init-retries-then-ok': { causes: { init0: 'completed' }, init: ['done'], problems: [] },
  'init-running': { causes: { init0: 'completed' }, init: ['done', 'running!'], problems: ['init-stuck'] },
  'init-start-error': { causes: { init0: 'executable' }, init: ['failed!'], problems: ['init-failing'] },
  'init-start-error, later': { causes: { init0: 'executable' }, init: ['failed!'], problems: ['init-failing'] },
  'invalid-image': { causes: { app: 'image' }, problems: waits },
  'kill-9': { causes: { app: 'signal?' }, problems: loop },
  'kill-9, later': { causes: { app: 'signal?' }, problems: loop },
  'liveness-graceful': { causes: { app: 'liveness?' }, probes: { 'app liveness': 'not-started' }, problems: loop },
  'liveness-graceful, later': { causes: { app: 'liveness?' }, probes: { 'app liveness': 'unknown' }, problems: loop },
  'liveness-never': { causes: { app: 'liveness' }, probes: { 'app liveness': 'not-started' }, problems: failed },
  'liveness-onfailure': { causes: { app: 'liveness?' }, probes: { 'app liveness': 'not-started' }, problems: loop },
  'liveness-tcp': { causes: { app: 'liveness?' }, probes: { 'app liveness': 'not-started' }, problems: loop },
  'liveness-timeout': { causes: { app: 'liveness?' }, probes: { 'app liveness': 'not-started' }, problems: loop },
  'logs-fallback': { causes: { app: 'exit' }, problems: failed },
  'missing-configmap-volume': { problems: waits },
  'missing-secret-key': { causes: { app: 'config' }, problems: waits },
  'never-pull': { causes: { app: 'image' }, problems: waits },
  'no-command': { causes: { app: 'executable' }, problems: loop },
  'no-command, later': { causes: { app: 'executable' }, problems: loop },
  'no-command-path': { causes: { app: 'executable' }, problems: loop },
  'node-affinity-mismatch': { problems: failed },
  'not-executable': { causes: { app: 'executable' }, problems: loop },
  'post-start-fails': { causes: { app: 'hook?' }, problems: loop },
  'readiness-delay': { probes: { 'app readiness': 'held-back' }, problems: [] },
  'readiness-errored': { probes: { 'app readiness': 'failing' }, problems: fails },
  'readiness-exec': { probes: { 'app readiness': 'failing' }, problems: fails },
  'readiness-gate': { problems: ['pod-not-ready'] },
  'readiness-http-port-name': { probes: { 'app readiness': 'failing' }, problems: fails },
  'run-as-non-root': { causes: { app: 'config' }, problems: waits },
  'sh-127': { causes: { app: 'executable?' }, problems: loop },
  'startup-long': {
    probes: { 'app startup': 'failing', 'app liveness': 'held-back', 'app readiness': 'held-back' },
    problems: [],
  },
  'startup-passes': {
    probes: { 'app startup': 'passing', 'app liveness': 'passing', 'app readiness': 'passing' },
    problems: [],
  },
  'terminating-slow': { problems: [] },
  'two-completed-and-error': { causes: { app: 'completed', app1: 'exit' }, problems: failed },
  'two-error-and-completed': { causes: { app: 'exit', app1: 'completed' }, problems: failed },
  'two-one-completes-never': { causes: { app: 'completed' }, problems: [] },
  'two-one-crashes': { causes: { app1: 'exit' }, problems: loop },
  'two-one-crashes, later': { causes: { app1: 'exit' }, problems: loop },
  'unschedulable-cpu': { problems: ['pod-pending'] },
  'unschedulable-selector': { problems: ['pod-pending'] },
}

/** Pods and events of a real 1.20 cluster, as its API server gave them without managedFields. */
export const captured: readonly CorpusCase[] = (JSON.parse(readFileSync(fixture, 'utf8')) as readonly Captured[]).map(
  ({ name, now, row, pod, events }) => {
    const said = expected[name]
    if (!said) throw new Error(`nothing is expected of ${name}`)
    return {
      ...said,
      name: `captured ${name}`,
      kubernetes: '1.20',
      now,
      pod,
      events,
      prints: row,
      source: 'the row of a real API server 1.20.2; the pod was written to behave so',
    }
  },
)
