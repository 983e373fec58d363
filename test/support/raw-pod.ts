/** A pod as the API serves it, running and ready on a node; the parts named are put over it. */
export function rawPod(name: string, parts: { metadata?: object; spec?: object; status?: object } = {}): object {
  const at = new Date(Date.now() - 60_000).toISOString().replace(/\.\d+Z$/, 'Z')
  const container = { name: 'app', image: 'registry.example/app:1' }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'default', name, labels: { app: name }, creationTimestamp: at, ...parts.metadata },
    spec: { nodeName: 'node-1', restartPolicy: 'Always', containers: [container], ...parts.spec },
    status: {
      phase: 'Running',
      startTime: at,
      conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map((type) => ({
        type,
        status: 'True',
        lastTransitionTime: at,
      })),
      containerStatuses: [
        {
          ...container,
          ready: true,
          started: true,
          restartCount: 0,
          containerID: `containerd://${name}-0`,
          state: { running: { startedAt: at } },
          lastState: {},
        },
      ],
      ...parts.status,
    },
  }
}

export function rawNode(name: string, zone: string, ready = true): object {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': zone },
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: {},
    status: {
      allocatable: { cpu: '8', memory: '16Gi', pods: '110' },
      capacity: { cpu: '8', memory: '16Gi', pods: '110' },
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'Unknown', lastTransitionTime: '2026-01-01T00:00:00Z' }],
      nodeInfo: { kubeletVersion: 'v1.34.3' },
    },
  }
}
