import type { ContainerSpec } from '../../domain/model/pod-spec.ts'
import { labelsOf } from './a-pod.ts'

/** A container of the model that does nothing special; `request` are its requests. */
export function aContainer(parts: Partial<ContainerSpec> & { request?: Record<string, string> } = {}): ContainerSpec {
  const { request, ...others } = parts
  return {
    name: 'app',
    image: 'app:1',
    restartPolicy: null,
    restartRules: [],
    ports: [],
    requests: labelsOf(request),
    limits: labelsOf(),
    livenessProbe: null,
    readinessProbe: null,
    startupProbe: null,
    volumeMounts: [],
    hasPostStartHook: false,
    hasPreStopHook: false,
    ...others,
  }
}
