import { canary } from './pod-templates.ts'
import type { ShopCronJob, ShopWorkload } from './shop-workload.ts'

const registry = 'registry.acme-shop.example'
const databaseUrl = `postgres://shop:${canary}@postgres-orders.data:5432/orders`

type More = Partial<Omit<ShopWorkload, 'namespace' | 'name' | 'replicas'>>

/** A service of the shop's own: HTTP on 8080, three probes' worth of manners. */
function service(namespace: string, name: string, replicas: number, version: string, more: More = {}): ShopWorkload {
  return {
    namespace,
    name,
    replicas,
    version,
    image: `${registry}/${namespace}/${name}`,
    port: 8080,
    probes: 'http',
    cpu: '250m',
    memory: '256Mi',
    service: 80,
    env: { LOG_LEVEL: 'info', DATABASE_URL: databaseUrl, OTEL_SERVICE_NAME: name },
    ...more,
  }
}

/** Something that takes no requests. */
function worker(namespace: string, name: string, replicas: number, version: string, more: More = {}): ShopWorkload {
  const { service: _service, port: _port, ...rest } = service(namespace, name, replicas, version, more)
  return { ...rest, probes: more.probes ?? 'none', ...(more.port !== undefined && { port: more.port }) }
}

/** Somebody else's image. */
function vendor(
  namespace: string,
  name: string,
  replicas: number,
  image: string,
  version: string,
  more: More,
): ShopWorkload {
  return { namespace, name, replicas, image, version, cpu: '100m', memory: '192Mi', ...more }
}

const waitForDatabase = {
  name: 'wait-for-db',
  image: 'docker.io/library/postgres:17.6',
  command: ['sh', '-c', 'until pg_isready -h postgres-orders.data; do sleep 1; done'],
}

export const deployments: readonly ShopWorkload[] = [
  service('shop', 'storefront', 6, '8.14.2', {
    perRevision: true,
    spread: 'zones-hard',
    mesh: true,
    revisions: 4,
    cpu: '400m',
    tier: 'web',
  }),
  service('shop', 'cart', 4, '3.9.0', { spread: 'zones-soft', revisions: 3, age: 41 }),
  service('shop', 'checkout', 3, '5.2.7', { spread: 'zones-soft', mesh: true, revisions: 5, restarts: 1 }),
  service('shop', 'catalog', 6, '11.0.3', {
    spread: 'zones-soft',
    revisions: 6,
    init: [
      waitForDatabase,
      { name: 'migrate-schema', image: `${registry}/shop/catalog-migrate:11.0.3`, command: ['/migrate', 'up'] },
      { name: 'warm-cache', image: `${registry}/shop/catalog:11.0.3`, command: ['/catalog', 'warm'] },
    ],
  }),
  service('shop', 'product-api', 5, '2.31.0', { spread: 'zones-soft', revisions: 8, probes: 'grpc', port: 9090 }),
  service('shop', 'pricing', 3, '1.18.4', { perRevision: true, spread: 'zones-strict', revisions: 2 }),
  service('shop', 'inventory', 4, '4.4.1', { spread: 'prefer-hosts', revisions: 2 }),
  service('shop', 'recommendations', 4, '0.27.5', { memory: '768Mi', cpu: '500m', revisions: 3, spread: 'zones-soft' }),
  service('shop', 'reviews', 2, '1.7.2', { age: 96 }),
  service('shop', 'wishlist', 2, '1.2.9', { age: 133 }),
  service('shop', 'coupons', 2, '2.0.1', { envFrom: [{ configMapRef: { name: 'coupons-campaign' } }], age: 12 }),
  service('shop', 'gift-cards', 2, '1.4.0', { age: 77 }),
  service('shop', 'legacy-erp', 1, '2011.4', {
    startupSeconds: 300,
    memory: '1Gi',
    cpu: '500m',
    age: 210,
    livenessPeriod: 20,
  }),
  service('shop', 'storefront-canary', 1, '8.14.3', { age: 3 }),
  worker('shop', 'order-worker', 5, '6.3.0', { spread: 'zones-soft', revisions: 2, probes: 'exec' }),
  worker('shop', 'email-sender', 2, '1.1.4', { age: 64 }),
  service('shop', 'image-resizer', 3, '0.9.12', { cpu: '500m', memory: '512Mi' }),
  service('shop', 'backoffice', 2, '3.3.3', { age: 57, restarts: 2 }),

  service('payments', 'payment-gateway', 4, '9.1.0', {
    perRevision: true,
    spread: 'zones-hard',
    mesh: true,
    revisions: 3,
    args: ['--listen=:8080', `--vault-token=${canary}`],
  }),
  service('payments', 'fraud-detector', 3, '2.6.0', {
    startupSeconds: 120,
    memory: '1Gi',
    cpu: '500m',
    spread: 'zones-soft',
    revisions: 2,
  }),
  service('payments', 'card-vault', 3, '4.0.0', {
    spread: 'one-per-host',
    probes: 'tcp',
    revisions: 1,
    env: { VAULT_UNSEAL_KEY: canary },
  }),
  service('payments', 'payment-webhooks', 2, '1.14.0', { spread: 'prefer-hosts' }),
  worker('payments', 'refund-worker', 2, '1.3.1'),
  service('payments', 'invoicing', 2, '5.5.0', { mesh: true }),

  service('search', 'search-api', 4, '7.2.0', { perRevision: true, spread: 'zones-hard', revisions: 4 }),
  service('search', 'suggest', 2, '2.1.1', { memory: '384Mi' }),
  worker('search', 'indexer', 2, '3.0.0', {
    init: [
      waitForDatabase,
      { name: 'migrate', image: `${registry}/search/indexer-migrate:3.0.0`, command: ['/migrate', '--to', 'latest'] },
    ],
  }),

  service('platform', 'api-gateway', 3, '1.42.0', { spread: 'hosts-hard', revisions: 5 }),
  service('platform', 'auth', 3, '12.3.1', { spread: 'zones-hard', env: { JWT_SIGNING_KEY: canary } }),
  service('platform', 'feature-flags', 2, '0.31.0', { probes: 'grpc', port: 9090 }),
  service('platform', 'notifications', 2, '2.2.2'),
  service('platform', 'config-service', 2, '1.0.16', { age: 188 }),
  worker('platform', 'webhook-relay', 2, '0.4.1', {
    age: 25,
    postStart: ['/relay', 'register', '--registry', 'http://registry.platform:8500'],
  }),
  worker('platform', 'audit-log', 2, '1.5.0', {
    sidecars: [
      {
        name: 'log-shipper',
        image: 'docker.io/timberio/vector:0.50.0-distroless',
        restartPolicy: 'Always',
        args: ['--config', '/etc/vector.yaml'],
      },
    ],
  }),

  worker('data', 'quorum-witness', 4, '1.0.2', { spread: 'one-per-zone', cpu: '50m', memory: '64Mi' }),
  service('data', 'feature-store', 2, '5.0.3', {
    startupSeconds: 2_400,
    memory: '1Gi',
    cpu: '300m',
    age: 38,
  }),
  worker('data', 'report-generator', 1, '2.8.0', { memory: '512Mi' }),
  worker('data', 'change-capture', 2, '3.1.0', { cpu: '300m', memory: '768Mi', spread: 'prefer-hosts' }),

  vendor('monitoring', 'grafana', 1, 'docker.io/grafana/grafana', '12.2.1', {
    port: 3000,
    probes: 'http',
    service: 80,
    age: 71,
  }),
  vendor('monitoring', 'kube-state-metrics', 1, 'registry.k8s.io/kube-state-metrics/kube-state-metrics', 'v2.17.0', {
    port: 8080,
    probes: 'http',
    age: 71,
  }),
  vendor('ingress-nginx', 'ingress-nginx-controller', 3, 'registry.k8s.io/ingress-nginx/controller', 'v1.13.3', {
    port: 80,
    probes: 'http',
    service: 80,
    spread: 'one-per-host',
    cpu: '200m',
    age: 120,
  }),
  vendor('cert-manager', 'cert-manager', 1, 'quay.io/jetstack/cert-manager-controller', 'v1.19.1', { age: 120 }),
  vendor('cert-manager', 'cert-manager-webhook', 2, 'quay.io/jetstack/cert-manager-webhook', 'v1.19.1', {
    port: 10250,
    probes: 'http',
    service: 443,
    age: 120,
  }),
  vendor('istio-system', 'istiod', 2, 'docker.io/istio/pilot', '1.28.1', {
    port: 8080,
    probes: 'http',
    service: 15012,
    cpu: '500m',
    memory: '1Gi',
    age: 48,
  }),
  vendor('kube-system', 'coredns', 3, 'registry.k8s.io/coredns/coredns', 'v1.12.4', {
    port: 8080,
    probes: 'http',
    service: 53,
    spread: 'one-per-host',
    age: 240,
    memory: '70Mi',
  }),
  vendor('kube-system', 'metrics-server', 2, 'registry.k8s.io/metrics-server/metrics-server', 'v0.8.0', {
    port: 10250,
    probes: 'http',
    service: 443,
    age: 240,
  }),
  vendor('kube-system', 'cluster-autoscaler', 1, 'registry.k8s.io/autoscaling/cluster-autoscaler', 'v1.34.1', {
    port: 8085,
    probes: 'http',
    age: 90,
    restarts: 3,
  }),
  vendor('kube-system', 'ebs-csi-controller', 2, 'public.ecr.aws/ebs-csi-driver/aws-ebs-csi-driver', 'v1.51.0', {
    age: 90,
    spread: 'prefer-hosts',
  }),
]

export const statefulSets: readonly ShopWorkload[] = [
  vendor('shop', 'session-store', 3, 'docker.io/valkey/valkey', '8.1.4', {
    port: 6379,
    probes: 'tcp',
    service: 6379,
    spread: 'one-per-host',
    memory: '512Mi',
    age: 77,
  }),
  service('payments', 'ledger', 3, '3.2.0', { spread: 'zones-hard', probes: 'grpc', port: 9090, age: 150 }),
  vendor('search', 'opensearch', 3, 'docker.io/opensearchproject/opensearch', '3.3.0', {
    port: 9200,
    probes: 'tcp',
    service: 9200,
    spread: 'zones-hard',
    cpu: '1',
    memory: '4Gi',
    startupSeconds: 600,
    age: 85,
    init: [
      { name: 'sysctl', image: 'docker.io/library/busybox:1.37', command: ['sysctl', '-w', 'vm.max_map_count=262144'] },
      {
        name: 'fix-permissions',
        image: 'docker.io/library/busybox:1.37',
        command: ['chown', '-R', '1000:1000', '/data'],
      },
    ],
  }),
  vendor('platform', 'event-bus', 3, 'docker.io/library/nats', '2.12.1-alpine', {
    port: 4222,
    probes: 'tcp',
    service: 4222,
    spread: 'zones-soft',
    age: 101,
  }),
  vendor('platform', 'kafka', 3, 'docker.io/apache/kafka', '4.1.0', {
    port: 9092,
    probes: 'tcp',
    service: 9092,
    spread: 'one-per-host',
    cpu: '500m',
    memory: '2Gi',
    age: 101,
    startupSeconds: 300,
  }),
  vendor('data', 'postgres-orders', 3, 'docker.io/library/postgres', '17.6', {
    port: 5432,
    probes: 'exec',
    service: 5432,
    spread: 'zones-hard',
    cpu: '1',
    memory: '4Gi',
    age: 162,
    env: { POSTGRES_PASSWORD: canary },
  }),
  vendor('data', 'postgres-users', 3, 'docker.io/library/postgres', '17.6', {
    port: 5432,
    probes: 'exec',
    service: 5432,
    spread: 'zones-hard',
    cpu: '500m',
    memory: '2Gi',
    age: 162,
    env: { POSTGRES_PASSWORD: canary },
  }),
  vendor('data', 'clickhouse', 2, 'docker.io/clickhouse/clickhouse-server', '25.8', {
    port: 8123,
    probes: 'http',
    service: 8123,
    spread: 'one-per-host',
    cpu: '1',
    memory: '4Gi',
    age: 66,
  }),
  vendor('data', 'object-store', 4, 'quay.io/minio/minio', 'RELEASE.2025-09-07', {
    port: 9000,
    probes: 'http',
    service: 9000,
    spread: 'hosts-hard',
    memory: '1Gi',
    age: 162,
    args: ['server', '/data', '--console-address', ':9001'],
  }),
  vendor('monitoring', 'prometheus', 2, 'quay.io/prometheus/prometheus', 'v3.7.2', {
    port: 9090,
    probes: 'http',
    service: 9090,
    spread: 'one-per-host',
    cpu: '500m',
    memory: '3Gi',
    age: 71,
    startupSeconds: 900,
  }),
  vendor('monitoring', 'alertmanager', 3, 'quay.io/prometheus/alertmanager', 'v0.28.1', {
    port: 9093,
    probes: 'http',
    service: 9093,
    spread: 'prefer-hosts',
    age: 71,
  }),
  vendor('monitoring', 'loki', 3, 'docker.io/grafana/loki', '3.5.7', {
    port: 3100,
    probes: 'http',
    service: 3100,
    spread: 'zones-soft',
    memory: '1Gi',
    age: 44,
  }),
]

export const daemonSets: readonly ShopWorkload[] = [
  vendor('kube-system', 'cilium', 0, 'quay.io/cilium/cilium', 'v1.18.2', {
    cpu: '100m',
    memory: '256Mi',
    age: 240,
    port: 9879,
    probes: 'http',
  }),
  vendor('kube-system', 'ebs-csi-node', 0, 'public.ecr.aws/ebs-csi-driver/aws-ebs-csi-driver', 'v1.51.0', {
    cpu: '30m',
    memory: '80Mi',
    age: 90,
  }),
  vendor('monitoring', 'node-exporter', 0, 'quay.io/prometheus/node-exporter', 'v1.10.2', {
    cpu: '20m',
    memory: '40Mi',
    age: 71,
    port: 9100,
    probes: 'http',
  }),
  vendor('monitoring', 'promtail', 0, 'docker.io/grafana/promtail', '3.5.7', {
    cpu: '50m',
    memory: '96Mi',
    age: 44,
    port: 9080,
    probes: 'http',
  }),
]

export const cronJobs: readonly ShopCronJob[] = [
  {
    namespace: 'shop',
    name: 'sitemap-refresh',
    image: `${registry}/shop/sitemap:1.4.0`,
    schedule: '* * * * *',
    age: 30,
  },
  {
    namespace: 'payments',
    name: 'settlement-reconciler',
    image: `${registry}/payments/reconciler:2.1.0`,
    schedule: '*/3 * * * *',
    backoffLimit: 1,
    env: { BANK_API_KEY: canary },
    age: 60,
  },
  {
    namespace: 'platform',
    name: 'session-cleanup',
    image: `${registry}/platform/cleanup:1.0.0`,
    schedule: '*/10 * * * *',
    age: 90,
  },
  {
    namespace: 'data',
    name: 'postgres-backup',
    image: 'docker.io/library/postgres:17.6',
    schedule: '0 * * * *',
    command: ['/bin/sh', '-c', 'pg_dump -Fc > /backup/dump'],
    env: { PGPASSWORD: canary },
    age: 162,
  },
]

export const namespaces: readonly string[] = [
  'cert-manager',
  'data',
  'default',
  'ingress-nginx',
  'istio-system',
  'kube-node-lease',
  'kube-public',
  'kube-system',
  'monitoring',
  'payments',
  'platform',
  'search',
  'shop',
]
