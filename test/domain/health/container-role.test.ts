import assert from 'node:assert/strict'
import { test } from 'node:test'
import { containerRoles } from '../../../domain/health/container-role.ts'
import { imageRepository } from '../../../domain/health/known-companion.ts'
import { type MadePod, madePod } from './made-pod.ts'

const app = { name: 'app', spec: { image: 'registry.example.com/shop/app:1' } }
const beside = (name: string, image: string, more: Record<string, unknown> = {}): MadePod => ({
  main: [app, { name, spec: { image, ...more } }],
})
const annotated = (made: MadePod, annotations: Record<string, string>): MadePod => ({
  ...made,
  metadata: { annotations },
})

/** Each with the role, product and confidence of the container that isn't called `app`, or of `app` itself where alone. */
const cases: readonly [
  name: string,
  pod: MadePod,
  container: string,
  role: string,
  product: string | null,
  confidence: string,
][] = [
  ['the only container', { main: [app] }, 'app', 'main', null, 'certain'],
  [
    'a proxy that is all there is',
    { main: [{ name: 'haproxy', spec: { image: 'haproxy:3' } }] },
    'haproxy',
    'main',
    null,
    'certain',
  ],
  ['the other one', beside('istio-proxy', 'istio/proxyv2:1.25'), 'app', 'main', null, 'likely'],
  // https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
  [
    'Istio',
    beside('istio-proxy', 'gcr.io/istio-release/proxyv2:1.25.0-distroless'),
    'istio-proxy',
    'injected',
    'Istio proxy',
    'likely',
  ],
  [
    'Istio that says so',
    annotated(beside('istio-proxy', 'mirror:5000/proxyv2@sha256:1f'), { 'sidecar.istio.io/status': '{}' }),
    'istio-proxy',
    'injected',
    'Istio proxy',
    'certain',
  ],
  [
    'Istio as a native sidecar',
    {
      init: [{ name: 'istio-proxy', spec: { image: 'docker.io/istio/proxyv2:1.27', restartPolicy: 'Always' } }],
      main: [app],
    },
    'istio-proxy',
    'injected',
    'Istio proxy',
    'likely',
  ],
  [
    'Linkerd',
    beside('linkerd-proxy', 'cr.l5d.io/linkerd/proxy:edge-25.8.1'),
    'linkerd-proxy',
    'injected',
    'Linkerd proxy',
    'likely',
  ],
  [
    'Vault agent by its injector',
    beside('vault-agent', 'hashicorp/vault:1.19'),
    'vault-agent',
    'injected',
    'Vault agent',
    'likely',
  ],
  ['Vault beside an app', beside('secrets', 'hashicorp/vault:1.19'), 'secrets', 'sidecar', 'Vault agent', 'likely'],
  ['Dapr', beside('daprd', 'ghcr.io/dapr/daprd:1.15'), 'daprd', 'injected', 'Dapr', 'likely'],
  [
    'the OpenTelemetry operator',
    beside('otc-container', 'otel/opentelemetry-collector-k8s:0.130'),
    'otc-container',
    'injected',
    'OpenTelemetry collector',
    'likely',
  ],
  [
    'a collector',
    beside('telemetry', 'otel/opentelemetry-collector-contrib:0.130'),
    'telemetry',
    'sidecar',
    'OpenTelemetry collector',
    'likely',
  ],
  ['Fluent Bit', beside('logs', 'cr.fluentbit.io/fluent/fluent-bit:4.0'), 'logs', 'sidecar', 'Fluent Bit', 'likely'],
  [
    'Fluentd by its name',
    beside('fluentd', 'registry.example.com/base/logging:7'),
    'fluentd',
    'sidecar',
    'Fluentd',
    'likely',
  ],
  [
    'Cloud SQL',
    beside('db', 'gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.15'),
    'db',
    'ambassador',
    'Cloud SQL proxy',
    'likely',
  ],
  ['Envoy', beside('edge', 'envoyproxy/envoy:v1.34'), 'edge', 'ambassador', 'Envoy', 'likely'],
  ['PgBouncer', beside('pool', 'bitnami/pgbouncer:1'), 'pool', 'ambassador', 'PgBouncer', 'likely'],
  ['HAProxy', beside('lb', 'haproxy:3.1'), 'lb', 'ambassador', 'HAProxy', 'likely'],
  [
    'OAuth2 Proxy',
    beside('auth', 'quay.io/oauth2-proxy/oauth2-proxy:v7'),
    'auth',
    'ambassador',
    'OAuth2 Proxy',
    'likely',
  ],
  [
    'kube-rbac-proxy',
    beside('guard', 'quay.io/brancz/kube-rbac-proxy:v0.19'),
    'guard',
    'ambassador',
    'kube-rbac-proxy',
    'likely',
  ],
  ['an exporter', beside('metrics', 'oliver006/redis_exporter:v1'), 'metrics', 'adapter', 'redis_exporter', 'likely'],
  [
    'an exporter by its name',
    beside('nginx-exporter', 'registry.example.com/x:1'),
    'nginx-exporter',
    'adapter',
    'nginx-exporter',
    'likely',
  ],
  ['StatsD exporter', beside('stats', 'prom/statsd-exporter:v0.28'), 'stats', 'adapter', 'StatsD exporter', 'likely'],
  ['git-sync', beside('content', 'registry.k8s.io/git-sync/git-sync:v4.4'), 'content', 'sidecar', 'git-sync', 'likely'],
  [
    'config reloader',
    beside('reload', 'quay.io/prometheus-operator/prometheus-config-reloader:v0.84'),
    'reload',
    'sidecar',
    'Config reloader',
    'likely',
  ],
  ['nginx may be the app', beside('web', 'nginx:1.29'), 'web', 'main', null, 'guess'],
  ['an unknown one', beside('worker', 'registry.example.com/shop/worker:1'), 'worker', 'main', null, 'guess'],
  [
    'a name that ends like a product',
    beside('my-envoy-app', 'registry.example.com/my-envoy:1'),
    'my-envoy-app',
    'main',
    null,
    'guess',
  ],
  ['a name with the word', beside('log-sidecar', 'busybox:1'), 'log-sidecar', 'sidecar', null, 'likely'],
  ['a name with another word', beside('soap-adapter', 'busybox:1'), 'soap-adapter', 'adapter', null, 'guess'],
  [
    'an annotation overrides everything',
    annotated(beside('istio-proxy', 'istio/proxyv2:1'), { 'plumbline.dev/role.istio-proxy': 'ambassador' }),
    'istio-proxy',
    'ambassador',
    null,
    'certain',
  ],
  [
    'an annotation with another word is passed over',
    annotated(beside('istio-proxy', 'istio/proxyv2:1'), { 'plumbline.dev/role.istio-proxy': 'boss' }),
    'istio-proxy',
    'injected',
    'Istio proxy',
    'likely',
  ],
  [
    'the default container',
    annotated(beside('web', 'nginx:1'), { 'kubectl.kubernetes.io/default-container': 'web' }),
    'web',
    'main',
    null,
    'certain',
  ],
  ['an init container', { init: [{ name: 'migrate' }], main: [app] }, 'migrate', 'init', null, 'certain'],
  [
    'a native sidecar',
    { init: [{ name: 'cache', spec: { restartPolicy: 'Always' } }], main: [app] },
    'cache',
    'native-sidecar',
    null,
    'certain',
  ],
]

for (const [name, made, container, role, product, confidence] of cases) {
  test(`role: ${name}`, () => {
    const found = containerRoles(madePod(made)).get(container)
    assert.deepEqual(found && [found.role, found.product, found.confidence], [role, product, confidence])
    for (const sentence of found?.evidence ?? []) assert.match(sentence, /^[A-Z].*\.$/)
    assert.notEqual(found?.evidence.length, 0)
  })
}

const volumes = [{ name: 'logs', emptyDir: {} }]
const writes = { volumeMounts: [{ name: 'logs', mountPath: '/var/log/app' }] }
const reads = { volumeMounts: [{ name: 'logs', mountPath: '/var/log/app', readOnly: true }] }

test('who only reads a volume that another writes is its companion; with a port for metrics its adapter', () => {
  const role = (more: Record<string, unknown>, made: MadePod = {}) => {
    const main = [
      { name: 'web', spec: writes },
      { name: 'other', spec: { ...reads, ...more } },
    ]
    const found = containerRoles(madePod({ spec: { volumes }, main, ...made })).get('other')
    return found && [found.role, found.confidence]
  }
  assert.deepEqual(role({}), ['sidecar', 'guess'])
  assert.deepEqual(role({ ports: [{ name: 'http-metrics', containerPort: 9_100 }] }), ['adapter', 'likely'])
  // A ConfigMap is written by nobody.
  assert.deepEqual(role({}, { spec: { volumes: [{ name: 'logs', configMap: { name: 'x' } }] } }), ['main', 'guess'])
})

test('where all are companions the one that its workload is called after is the main one', () => {
  const pod = madePod({
    metadata: {
      ownerReferences: [{ controller: true, kind: 'DaemonSet', name: 'fluent-bit', uid: 'u', apiVersion: 'apps/v1' }],
    },
    main: [
      { name: 'configmap-reload', spec: { image: 'jimmidyson/configmap-reload:v0.15' } },
      { name: 'fluent-bit', spec: { image: 'fluent/fluent-bit:4' } },
    ],
  })
  assert.deepEqual(
    [...containerRoles(pod)].map(([name, { role }]) => [name, role]),
    [
      ['configmap-reload', 'sidecar'],
      ['fluent-bit', 'main'],
    ],
  )
})

test('pods that share their spec but not their annotations are told apart', () => {
  const made = beside('helper', 'busybox:1')
  const plain = madePod(made)
  const told = { ...plain, annotations: { 'plumbline.dev/role.helper': 'sidecar' } }
  assert.equal(containerRoles(plain).get('helper')?.role, 'main')
  assert.equal(containerRoles(told).get('helper')?.role, 'sidecar')
  assert.equal(containerRoles(plain).get('helper')?.role, 'main')
})

test('an image’s repository is what stands between registry and tag', () => {
  assert.equal(imageRepository('quay.io:443/org/app:1.2@sha256:ab'), 'org/app')
  assert.equal(imageRepository('localhost/app'), 'app')
  assert.equal(imageRepository('org/app'), 'org/app')
  assert.equal(imageRepository('app:1'), 'app')
  assert.equal(imageRepository(''), '')
})
