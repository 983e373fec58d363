import type { KubernetesObject } from './kubernetes-object.ts'

/** One resource of one API version, as discovery lists it. */
export interface Resource {
  /** Empty for the core group. */
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly kind: string
  readonly namespaced: boolean
  readonly shortNames: readonly string[]
  /** From the stored form (core/v1 events, discovery/v1 slices) to this version's; null where they are the same. */
  readonly convert: ((object: KubernetesObject) => KubernetesObject) | null
}

export interface ServedVersions {
  readonly endpointSliceV1: boolean
  readonly eventsV1: boolean
  readonly cronJobV1: boolean
}

function resource(
  groupVersion: string,
  plural: string,
  kind: string,
  shortNames: string,
  convert: Resource['convert'] = null,
): Resource {
  const [group, version] = groupVersion.includes('/') ? groupVersion.split('/') : ['', groupVersion]
  return {
    group: group ?? '',
    version: version ?? '',
    plural,
    kind,
    namespaced: plural !== 'nodes' && plural !== 'namespaces',
    shortNames: shortNames === '' ? [] : shortNames.split(','),
    convert,
  }
}

export function servedResources(versions: ServedVersions): readonly Resource[] {
  const served = [
    resource('v1', 'events', 'Event', 'ev'),
    resource('v1', 'namespaces', 'Namespace', 'ns'),
    resource('v1', 'nodes', 'Node', 'no'),
    resource('v1', 'pods', 'Pod', 'po'),
    resource('v1', 'services', 'Service', 'svc'),
    resource('apps/v1', 'daemonsets', 'DaemonSet', 'ds'),
    resource('apps/v1', 'deployments', 'Deployment', 'deploy'),
    resource('apps/v1', 'replicasets', 'ReplicaSet', 'rs'),
    resource('apps/v1', 'statefulsets', 'StatefulSet', 'sts'),
    resource('policy/v1', 'poddisruptionbudgets', 'PodDisruptionBudget', 'pdb'),
    resource('batch/v1', 'jobs', 'Job', ''),
    resource(versions.cronJobV1 ? 'batch/v1' : 'batch/v1beta1', 'cronjobs', 'CronJob', 'cj'),
    versions.endpointSliceV1
      ? resource('discovery.k8s.io/v1', 'endpointslices', 'EndpointSlice', '')
      : resource('discovery.k8s.io/v1beta1', 'endpointslices', 'EndpointSlice', '', toBetaEndpointSlice),
  ]
  if (versions.eventsV1) served.push(resource('events.k8s.io/v1', 'events', 'Event', 'ev', toEventsV1))
  return served
}

/** The names under which objects are stored. */
export const storedPlurals: readonly string[] = [
  ...new Set(servedResources({ endpointSliceV1: true, eventsV1: true, cronJobV1: true }).map((each) => each.plural)),
]

export function groupVersionOf({ group, version }: Resource): string {
  return group === '' ? version : `${group}/${version}`
}

/** core/v1 Event to events.k8s.io/v1 (k/k pkg/apis/events/v1/conversion.go): the same object under other names. */
function toEventsV1(event: KubernetesObject): KubernetesObject {
  const { message, involvedObject, source, firstTimestamp, lastTimestamp, count, reportingComponent, ...rest } = event
  return {
    ...rest,
    ...(message !== undefined && { note: message }),
    ...(involvedObject !== undefined && { regarding: involvedObject }),
    ...(reportingComponent !== undefined && reportingComponent !== '' && { reportingController: reportingComponent }),
    deprecatedSource: source ?? {},
    deprecatedFirstTimestamp: firstTimestamp ?? null,
    deprecatedLastTimestamp: lastTimestamp ?? null,
    ...(count !== undefined && { deprecatedCount: count }),
  }
}

interface SliceEndpoint {
  readonly nodeName?: string
  readonly zone?: string
  readonly [field: string]: unknown
}

/** discovery/v1 to v1beta1: node and zone stand in `topology` (k/k pkg/apis/discovery/v1beta1/conversion.go). */
function toBetaEndpointSlice(slice: KubernetesObject): KubernetesObject {
  if (!Array.isArray(slice.endpoints)) return slice
  return {
    ...slice,
    endpoints: (slice.endpoints as readonly SliceEndpoint[]).map(({ nodeName, zone, ...endpoint }) => ({
      ...endpoint,
      topology: {
        ...(nodeName !== undefined && { 'kubernetes.io/hostname': nodeName }),
        ...(zone !== undefined && { 'topology.kubernetes.io/zone': zone }),
      },
    })),
  }
}
