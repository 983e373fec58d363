import type { Pod } from '../../../domain/model/pod.ts'
import { modelPod } from '../../support/model-object.ts'

/** 2026-03-01T12:00:00Z: where these stories begin. */
export const noon = Date.UTC(2026, 2, 1, 12)

export function instant(seconds: number): string {
  return new Date(noon + seconds * 1_000).toISOString().replace('.000Z', 'Z')
}

export function running(startedAt: number) {
  return { running: { startedAt: instant(startedAt) } }
}

export function terminated(containerID: string, startedAt: number, finishedAt: number, parts: object = {}) {
  return {
    terminated: {
      containerID,
      startedAt: instant(startedAt),
      finishedAt: instant(finishedAt),
      exitCode: 1,
      reason: 'Error',
      ...parts,
    },
  }
}

export function waiting(reason: string) {
  return { waiting: { reason } }
}

/** The status of one container as kubelet writes it. */
export function container(parts: object) {
  return {
    name: 'app',
    image: 'app:1',
    ready: false,
    restartCount: 0,
    containerID: '',
    state: {},
    lastState: {},
    ...parts,
  }
}

export function podWith(
  statuses: readonly object[],
  parts: { metadata?: object; spec?: object; status?: object } = {},
): Pod {
  return modelPod({
    metadata: { uid: 'pod-uid', name: 'web-0', creationTimestamp: instant(-10), ...parts.metadata },
    spec: parts.spec ?? {},
    status: { containerStatuses: statuses, ...parts.status },
  })
}
