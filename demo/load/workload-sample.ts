import { fieldsOf, managedFields } from '../cluster/managed-fields.ts'

/** The gaps in a workload's text, in the order in which LoadObjects gives their values. */
export const workloadGaps = [
  'uid',
  'revision',
  'namespace',
  'app',
  'hash',
  'replicaSet',
  'deploymentUid',
  'replicas',
  'created',
  // A gap of the pod's spec that means nothing in a template.
  'suffix',
]

const counts = { replicas: '⟦!replicas⟧', readyReplicas: '⟦!replicas⟧', availableReplicas: '⟦!replicas⟧' }

export function deploymentSample(spec: object): object {
  const labels = { app: '⟦app⟧' }
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: 'True',
    lastUpdateTime: '⟦created⟧',
    lastTransitionTime: '⟦created⟧',
    reason,
    message,
  })
  const own = {
    replicas: '⟦!replicas⟧',
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
  }
  return {
    metadata: {
      name: '⟦app⟧',
      namespace: '⟦namespace⟧',
      uid: '⟦uid⟧',
      resourceVersion: '⟦revision⟧',
      generation: 1,
      creationTimestamp: '⟦created⟧',
      labels,
      annotations: { 'deployment.kubernetes.io/revision': '1' },
      managedFields: managedFields([
        { manager: 'load', apiVersion: 'apps/v1', time: '⟦created⟧', fields: { 'f:spec': fieldsOf(own) } },
      ]),
    },
    spec: own,
    status: {
      observedGeneration: 1,
      ...counts,
      updatedReplicas: '⟦!replicas⟧',
      conditions: [
        condition('Available', 'MinimumReplicasAvailable', 'Deployment has minimum availability.'),
        condition('Progressing', 'NewReplicaSetAvailable', 'ReplicaSet "⟦replicaSet⟧" has successfully progressed.'),
      ],
    },
  }
}

export function replicaSetSample(spec: object): object {
  const labels = { app: '⟦app⟧', 'pod-template-hash': '⟦hash⟧' }
  return {
    metadata: {
      name: '⟦replicaSet⟧',
      namespace: '⟦namespace⟧',
      uid: '⟦uid⟧',
      resourceVersion: '⟦revision⟧',
      generation: 1,
      creationTimestamp: '⟦created⟧',
      labels,
      annotations: {
        'deployment.kubernetes.io/desired-replicas': '⟦replicas⟧',
        'deployment.kubernetes.io/revision': '1',
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: '⟦app⟧',
          uid: '⟦deploymentUid⟧',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: { replicas: '⟦!replicas⟧', selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    status: { ...counts, fullyLabeledReplicas: '⟦!replicas⟧', observedGeneration: 1 },
  }
}
