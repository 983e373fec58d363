import type { ContainerPort, ContainerSpec, Resources, RestartRule, VolumeMount } from '../model/pod-spec.ts'
import { readEntries } from './labels.ts'
import { readProbe } from './probe.ts'
import {
  count,
  flag,
  isRecord,
  list,
  numberOrText,
  type Raw,
  record,
  records,
  text,
  textOrNull,
  wholeOrNull,
} from './raw.ts'
import { volumeName } from './volume-name.ts'

/**
 * Environment, command and arguments are left out: that is where secrets live.
 * @param like an earlier answer: given back itself where it is equal
 */
export function readContainerSpec(item: Raw, like: ContainerSpec | undefined): ContainerSpec {
  const resources = record(item.resources)
  const lifecycle = record(item.lifecycle)
  const name = text(item.name)
  const image = text(item.image)
  const restartPolicy = textOrNull(item.restartPolicy)
  const restartRules = records(item.restartPolicyRules, readRestartRule, like?.restartRules)
  const ports = records(item.ports, readPort, like?.ports)
  const requests = readResources(resources.requests, like?.requests)
  const limits = readResources(resources.limits, like?.limits)
  const livenessProbe = readProbe(item.livenessProbe, like?.livenessProbe)
  const readinessProbe = readProbe(item.readinessProbe, like?.readinessProbe)
  const startupProbe = readProbe(item.startupProbe, like?.startupProbe)
  const volumeMounts = records(item.volumeMounts, readMount, like?.volumeMounts)
  const hasPostStartHook = isRecord(lifecycle.postStart)
  const hasPreStopHook = isRecord(lifecycle.preStop)
  if (
    like &&
    like.name === name &&
    like.image === image &&
    like.restartPolicy === restartPolicy &&
    like.restartRules === restartRules &&
    like.ports === ports &&
    like.requests === requests &&
    like.limits === limits &&
    like.livenessProbe === livenessProbe &&
    like.readinessProbe === readinessProbe &&
    like.startupProbe === startupProbe &&
    like.volumeMounts === volumeMounts &&
    like.hasPostStartHook === hasPostStartHook &&
    like.hasPreStopHook === hasPreStopHook
  ) {
    return like
  }
  return {
    name,
    image,
    restartPolicy,
    restartRules,
    ports,
    requests,
    limits,
    livenessProbe,
    readinessProbe,
    startupProbe,
    volumeMounts,
    hasPostStartHook,
    hasPreStopHook,
  }
}

export function readResources(value: unknown, like?: Resources): Resources {
  return readEntries(value, numberOrText, like)
}

function readRestartRule(item: Raw, like: RestartRule | undefined): RestartRule {
  const exitCodes = record(item.exitCodes)
  const action = text(item.action)
  const operator = text(exitCodes.operator)
  const values = list(exitCodes.values).filter((value): value is number => Number.isSafeInteger(value))
  return like &&
    like.action === action &&
    like.operator === operator &&
    like.values.length === values.length &&
    like.values.every((value, index) => value === values[index])
    ? like
    : { action, operator, values }
}

function readPort(item: Raw, like: ContainerPort | undefined): ContainerPort {
  const name = text(item.name)
  const containerPort = count(item.containerPort)
  const hostPort = wholeOrNull(item.hostPort)
  const hostIP = text(item.hostIP)
  const protocol = text(item.protocol) || 'TCP'
  return like &&
    like.name === name &&
    like.containerPort === containerPort &&
    like.hostPort === hostPort &&
    like.hostIP === hostIP &&
    like.protocol === protocol
    ? like
    : { name, containerPort, hostPort, hostIP, protocol }
}

function readMount(item: Raw, like: VolumeMount | undefined): VolumeMount {
  const name = volumeName(text(item.name))
  const mountPath = text(item.mountPath)
  const readOnly = flag(item.readOnly)
  return like && like.name === name && like.mountPath === mountPath && like.readOnly === readOnly
    ? like
    : { name, mountPath, readOnly }
}
