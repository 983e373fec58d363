import type { Pod } from '../cluster/pod-types.ts'
import { canary, container } from './pod-templates.ts'

/**
 * What a mesh's mutating webhook does to pods that ask for it: an init container that sets up the
 * network, and the proxy as a native sidecar, so that Deployments know nothing of either.
 */
export function injectIstio(pod: Pod): Pod {
  if (pod.metadata.labels?.['sidecar.istio.io/inject'] !== 'true') return pod
  const init = container({
    name: 'istio-init',
    image: 'docker.io/istio/proxyv2:1.28.1',
    args: ['istio-iptables', '-p', '15001', '-z', '15006', '-u', '1337', '-m', 'REDIRECT', '-i', '*', '-b', '*'],
    cpu: '10m',
    memory: '40Mi',
  })
  const proxy = container({
    name: 'istio-proxy',
    image: 'docker.io/istio/proxyv2:1.28.1',
    args: ['proxy', 'sidecar', '--domain', '$(POD_NAMESPACE).svc.cluster.local', '--proxyLogLevel=warning'],
    restartPolicy: 'Always',
    port: 15021,
    cpu: '50m',
    memory: '96Mi',
    env: { ISTIO_META_CLUSTER_ID: 'Kubernetes', ISTIO_META_MESH_TOKEN: canary },
  })
  const ready = {
    httpGet: { path: '/healthz/ready', port: 15021, scheme: 'HTTP' },
    timeoutSeconds: 3,
    successThreshold: 1,
  }
  const sidecar = {
    ...proxy,
    startupProbe: { ...ready, periodSeconds: 1, failureThreshold: 600 },
    readinessProbe: { ...ready, periodSeconds: 15, failureThreshold: 4 },
  }
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      annotations: {
        ...pod.metadata.annotations,
        'istio.io/rev': 'default',
        'prometheus.io/path': '/stats/prometheus',
        'prometheus.io/port': '15020',
        'prometheus.io/scrape': 'true',
        'sidecar.istio.io/status':
          '{"initContainers":["istio-init","istio-proxy"],"containers":null,"volumes":["workload-socket","istio-envoy","istio-data"],"revision":"default"}',
      },
      labels: {
        ...pod.metadata.labels,
        'security.istio.io/tlsMode': 'istio',
        'service.istio.io/canonical-name': pod.metadata.labels?.app ?? '',
      },
    },
    spec: {
      ...pod.spec,
      initContainers: [init, sidecar, ...(pod.spec.initContainers ?? [])],
      volumes: [
        ...(pod.spec.volumes ?? []),
        { name: 'workload-socket', emptyDir: {} },
        { name: 'istio-envoy', emptyDir: { medium: 'Memory' } },
        { name: 'istio-data', emptyDir: {} },
      ],
    },
  }
}
