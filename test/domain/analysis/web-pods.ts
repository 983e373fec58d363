import type { ClusterObject } from '../../../domain/model/cluster-object.ts'
import { modelObject, ownedBy } from '../../support/any-object.ts'

export const now = Date.parse('2026-11-24T12:00:00Z')

export function ago(seconds: number): string {
  return new Date(now - seconds * 1_000).toISOString().replace('.000Z', 'Z')
}

/** The status of a container that has crashed so often that it waits 160 s. */
export function crashing(exitCode: number, ended = 30): object {
  return {
    containerStatuses: [
      {
        name: 'app',
        ready: false,
        restartCount: 5,
        state: {
          waiting: { reason: 'CrashLoopBackOff', message: 'back-off 2m40s restarting failed container=app pod=x' },
        },
        lastState: {
          terminated: { exitCode, reason: 'Error', startedAt: ago(ended + 5), finishedAt: ago(ended) },
        },
      },
    ],
  }
}

interface WebPod {
  /** Name of its ReplicaSet; null: a bare pod. */
  owner?: string | null
  labels?: Record<string, string>
  /** Of its container. */
  spec?: object
  /** A status like crashing()'s for a native sidecar of the name `app`; the main container is well then. */
  sidecar?: object
  killedBy?: 'liveness'
  created?: number
  ip?: string
  image?: string
}

/** A pod of ReplicaSet web, an hour old; ready where its status doesn't say otherwise. Events it makes are in `webPod.events`. */
export function webPod(name: string, status: object = {}, made: WebPod = {}): ClusterObject {
  const { owner = 'web', labels = { app: 'web' }, spec = {}, sidecar, created = 3_600, ip = '10.0.0.1' } = made
  const well = Object.keys(status).length === 0
  if (made.killedBy) {
    webPod.events.push(
      modelObject('Event', `${name}.1`, {
        involvedObject: {
          kind: 'Pod',
          namespace: 'shop',
          name,
          uid: `Pod-${name}`,
          fieldPath: 'spec.containers{app}',
        },
        type: 'Normal',
        reason: 'Killing',
        message: 'Container app failed liveness probe, will be restarted',
        firstTimestamp: ago(31),
        lastTimestamp: ago(31),
        count: 1,
      }),
    )
  }
  const runs = { ready: true, started: true, restartCount: 0, state: { running: { startedAt: ago(created - 5) } } }
  const crashed = (sidecar as { containerStatuses?: object[] } | undefined)?.containerStatuses?.[0]
  return modelObject('Pod', name, {
    metadata: { creationTimestamp: ago(created), labels, ...(owner === null ? {} : ownedBy('ReplicaSet', owner)) },
    spec: {
      nodeName: 'node-1',
      restartPolicy: 'Always',
      containers: [{ name: sidecar ? 'main' : 'app', image: made.image ?? 'web:1', ...spec }],
      initContainers: sidecar ? [{ name: 'app', image: 'proxy:1', restartPolicy: 'Always' }] : [],
    },
    status: {
      phase: 'Running',
      podIP: ip,
      conditions: ['Initialized', 'Ready', 'ContainersReady'].map((type) => ({
        type,
        status: type === 'Initialized' || well ? 'True' : 'False',
        lastTransitionTime: ago(well ? created - 5 : 60),
      })),
      containerStatuses: [{ name: sidecar ? 'main' : 'app', ...runs }],
      initContainerStatuses: crashed ? [{ ...crashed, started: true }] : [],
      ...status,
    },
  })
}
webPod.events = [] as ClusterObject[]
