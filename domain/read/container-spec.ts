import type { ContainerPort, ContainerSpec, Resources, VolumeMount } from '../model/pod-spec.ts'
import type { Interner } from './interner.ts'
import { noLabels } from './labels.ts'
import { readProbe } from './probe.ts'
import { count, flag, isRecord, numberOrText, type Raw, record, records, text, wholeOrNull } from './raw.ts'
import { volumeName } from './volume-name.ts'

/** Environment, command and arguments are left out: that is where secrets live. */
export function readContainerSpecs(value: unknown, interner: Interner): readonly ContainerSpec[] {
  return records(value, (item: Raw) => {
    const resources = record(item.resources)
    const lifecycle = record(item.lifecycle)
    return {
      name: interner.text(text(item.name)),
      image: interner.text(text(item.image)),
      restartPolicy: typeof item.restartPolicy === 'string' ? item.restartPolicy : null,
      ports: records(item.ports, readPort),
      requests: readResources(resources.requests),
      limits: readResources(resources.limits),
      livenessProbe: readProbe(item.livenessProbe),
      readinessProbe: readProbe(item.readinessProbe),
      startupProbe: readProbe(item.startupProbe),
      volumeMounts: records(item.volumeMounts, readMount),
      hasPostStartHook: isRecord(lifecycle.postStart),
      hasPreStopHook: isRecord(lifecycle.preStop),
    }
  })
}

export function readResources(value: unknown): Resources {
  if (!isRecord(value)) return noLabels
  let resources: Record<string, string> | null = null
  for (const key of Object.keys(value)) {
    const quantity = numberOrText(value[key])
    if (quantity === '') continue
    resources ??= Object.create(null) as Record<string, string>
    resources[key] = quantity
  }
  return resources ?? noLabels
}

function readPort(item: Raw): ContainerPort {
  return {
    name: text(item.name),
    containerPort: count(item.containerPort),
    hostPort: wholeOrNull(item.hostPort),
    hostIP: text(item.hostIP),
    protocol: text(item.protocol) || 'TCP',
  }
}

function readMount(item: Raw): VolumeMount {
  return {
    name: volumeName(text(item.name)),
    mountPath: text(item.mountPath),
    readOnly: flag(item.readOnly),
  }
}
