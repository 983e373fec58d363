import type { ContainerRole } from './container-role.ts'

/** A product that is known to run beside others. */
export interface KnownCompanion {
  readonly product: string
  readonly role: Extract<ContainerRole, 'injected' | 'sidecar' | 'ambassador' | 'adapter'>
  /** Which of the container's marks gave it away: its image or its name. */
  readonly by: 'image' | 'name'
}

interface Entry {
  readonly product: string
  readonly role: KnownCompanion['role']
  /** Ends of an image's repository, whole path elements: `fluent/fluent-bit` fits `quay.io/x/fluent/fluent-bit`. */
  readonly images: readonly string[]
  /** Names that its injector, chart or documentation gives the container; only such as nobody else would choose. */
  readonly names: readonly string[]
  /** Annotation of the pod that its injector leaves. */
  readonly annotation?: string
}

/** Names and images as the projects' own injectors, charts and documentation have them. */
const entries: readonly Entry[] = [
  // Injected by admission webhooks.
  {
    product: 'Istio proxy',
    role: 'injected',
    images: ['istio/proxyv2', 'istio-release/proxyv2', 'proxyv2'],
    names: ['istio-proxy', 'istio-init', 'istio-validation'],
    annotation: 'sidecar.istio.io/status',
  },
  {
    product: 'Linkerd proxy',
    role: 'injected',
    images: ['linkerd/proxy', 'linkerd/proxy-init'],
    names: ['linkerd-proxy', 'linkerd-init', 'linkerd-network-validator'],
    annotation: 'linkerd.io/proxy-version',
  },
  {
    product: 'Vault agent',
    role: 'injected',
    images: [],
    names: ['vault-agent', 'vault-agent-init'],
    annotation: 'vault.hashicorp.com/agent-inject-status',
  },
  {
    product: 'Dapr',
    role: 'injected',
    images: ['daprio/daprd', 'dapr/daprd'],
    names: ['daprd'],
    annotation: 'dapr.io/enabled',
  },
  {
    product: 'Consul dataplane',
    role: 'injected',
    images: ['hashicorp/consul-dataplane', 'consul-dataplane'],
    names: ['consul-dataplane', 'consul-connect-inject-init'],
  },
  { product: 'Kuma', role: 'injected', images: ['kumahq/kuma-dp', 'kuma-dp'], names: ['kuma-sidecar', 'kuma-init'] },
  { product: 'AWS App Mesh proxy', role: 'injected', images: ['aws-appmesh-envoy'], names: [] },
  { product: 'Open Service Mesh', role: 'injected', images: [], names: ['osm-init'] },
  { product: 'OpenTelemetry collector', role: 'injected', images: [], names: ['otc-container'] },
  {
    product: 'OpenTelemetry instrumentation',
    role: 'injected',
    images: [],
    names: ['opentelemetry-auto-instrumentation'],
  },
  {
    product: 'Cloud Storage FUSE',
    role: 'injected',
    images: ['gcs-fuse-csi-driver-sidecar-mounter'],
    names: ['gke-gcsfuse-sidecar', 'gke-gcsfuse-metadata-prefetch'],
  },
  // Logs and telemetry.
  {
    product: 'Fluent Bit',
    role: 'sidecar',
    images: ['fluent-bit', 'aws-for-fluent-bit'],
    names: ['fluent-bit', 'fluentbit'],
  },
  { product: 'Fluentd', role: 'sidecar', images: ['fluentd', 'fluentd-kubernetes-daemonset'], names: ['fluentd'] },
  { product: 'Filebeat', role: 'sidecar', images: ['filebeat'], names: ['filebeat'] },
  { product: 'Promtail', role: 'sidecar', images: ['promtail'], names: ['promtail'] },
  { product: 'Grafana Alloy', role: 'sidecar', images: ['grafana/alloy', 'grafana/agent'], names: ['grafana-agent'] },
  { product: 'Vector', role: 'sidecar', images: ['timberio/vector'], names: [] },
  { product: 'Telegraf', role: 'sidecar', images: ['telegraf'], names: ['telegraf'] },
  {
    product: 'Datadog agent',
    role: 'sidecar',
    images: ['datadog/agent', 'datadoghq/agent'],
    names: ['datadog-agent', 'datadog-agent-injected'],
  },
  {
    product: 'OpenTelemetry collector',
    role: 'sidecar',
    images: [
      'opentelemetry-collector',
      'opentelemetry-collector-contrib',
      'opentelemetry-collector-k8s',
      'aws-otel-collector',
    ],
    names: ['otel-collector', 'otel-agent', 'opentelemetry-collector'],
  },
  { product: 'Jaeger agent', role: 'sidecar', images: ['jaegertracing/jaeger-agent'], names: ['jaeger-agent'] },
  { product: 'CloudWatch agent', role: 'sidecar', images: ['cloudwatch-agent'], names: ['cloudwatch-agent'] },
  // Files and configuration.
  { product: 'git-sync', role: 'sidecar', images: ['git-sync/git-sync', 'git-sync'], names: ['git-sync'] },
  {
    product: 'Config reloader',
    role: 'sidecar',
    images: ['prometheus-config-reloader', 'configmap-reload', 'config-reloader'],
    names: ['config-reloader', 'configmap-reload', 'prometheus-config-reloader', 'init-config-reloader'],
  },
  { product: 'k8s-sidecar', role: 'sidecar', images: ['kiwigrid/k8s-sidecar', 'k8s-sidecar'], names: [] },
  { product: 'Vault agent', role: 'sidecar', images: ['hashicorp/vault'], names: [] },
  { product: 'consul-template', role: 'sidecar', images: ['hashicorp/consul-template'], names: ['consul-template'] },
  // Proxies.
  {
    product: 'Cloud SQL proxy',
    role: 'ambassador',
    images: ['cloudsql-docker/gce-proxy', 'cloud-sql-connectors/cloud-sql-proxy', 'cloud-sql-proxy'],
    names: ['cloud-sql-proxy', 'cloudsql-proxy'],
  },
  { product: 'AlloyDB proxy', role: 'ambassador', images: ['alloydb-auth-proxy'], names: ['alloydb-auth-proxy'] },
  {
    product: 'Envoy',
    role: 'ambassador',
    images: ['envoyproxy/envoy', 'envoyproxy/envoy-distroless'],
    names: ['envoy', 'envoy-proxy'],
  },
  { product: 'OAuth2 Proxy', role: 'ambassador', images: ['oauth2-proxy'], names: ['oauth2-proxy', 'oauth-proxy'] },
  { product: 'kube-rbac-proxy', role: 'ambassador', images: ['kube-rbac-proxy'], names: ['kube-rbac-proxy'] },
  { product: 'PgBouncer', role: 'ambassador', images: ['pgbouncer'], names: ['pgbouncer'] },
  { product: 'HAProxy', role: 'ambassador', images: ['haproxy'], names: ['haproxy'] },
  { product: 'ProxySQL', role: 'ambassador', images: ['proxysql'], names: ['proxysql'] },
  { product: 'Twemproxy', role: 'ambassador', images: ['twemproxy', 'nutcracker'], names: ['twemproxy'] },
  { product: 'mcrouter', role: 'ambassador', images: ['mcrouter'], names: ['mcrouter'] },
  // Interfaces made fit for others.
  { product: 'StatsD exporter', role: 'adapter', images: ['statsd-exporter'], names: ['statsd-exporter'] },
  {
    product: 'JMX exporter',
    role: 'adapter',
    images: ['jmx-exporter', 'bitnami/jmx-exporter'],
    names: ['jmx-exporter'],
  },
]

/**
 * The known companion that a container is; null where neither image nor name is one's.
 * @param image as in the spec, with registry, tag and digest
 */
export function knownCompanion(name: string, image: string): KnownCompanion | null {
  const repository = imageRepository(image)
  const byImage = entries.find(({ images }) => images.some((end) => endsWithPath(repository, end)))
  if (byImage && byImage.role === 'injected') return { product: byImage.product, role: byImage.role, by: 'image' }
  // What an injector names says more than an image that many use (Vault, the OpenTelemetry collector).
  const byName = entries.find(({ names }) => names.includes(name))
  if (byName && (byName.role === 'injected' || !byImage))
    return { product: byName.product, role: byName.role, by: 'name' }
  if (byImage) return { product: byImage.product, role: byImage.role, by: 'image' }
  const last = repository.slice(repository.lastIndexOf('/') + 1)
  if (/[-_]exporter$/.test(last)) return { product: last, role: 'adapter', by: 'image' }
  return /[-_]exporter$/.test(name) ? { product: name, role: 'adapter', by: 'name' } : null
}

/** The annotation that the product's injector leaves on the pod; null where it leaves none. */
export function injectorAnnotation(product: string): string | null {
  return entries.find((entry) => entry.product === product && entry.annotation)?.annotation ?? null
}

/** "quay.io:443/org/app:1.2@sha256:…" → "org/app". */
export function imageRepository(image: string): string {
  const bare = image.replace(/@.*$/, '')
  const tag = bare.lastIndexOf(':')
  const path = tag > bare.lastIndexOf('/') ? bare.slice(0, tag) : bare
  const slash = path.indexOf('/')
  const host = path.slice(0, slash)
  return slash > 0 && (host.includes('.') || host.includes(':') || host === 'localhost') ? path.slice(slash + 1) : path
}

function endsWithPath(repository: string, end: string): boolean {
  return repository === end || repository.endsWith(`/${end}`)
}
