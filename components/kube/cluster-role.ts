export interface MissingPermission {
  readonly apiGroup: string
  readonly resource: string
}

const verbs = '["get", "list", "watch"]'

/** All that Plumbline reads, for the full role. */
export const neededPermissions: readonly MissingPermission[] = [
  ...['namespaces', 'nodes', 'pods', 'services', 'events'].map((resource) => ({ apiGroup: '', resource })),
  ...['deployments', 'replicasets', 'statefulsets', 'daemonsets'].map((resource) => ({ apiGroup: 'apps', resource })),
  ...['jobs', 'cronjobs'].map((resource) => ({ apiGroup: 'batch', resource })),
  { apiGroup: 'discovery.k8s.io', resource: 'endpointslices' },
  { apiGroup: 'policy', resource: 'poddisruptionbudgets' },
]

/** RBAC rules in YAML that grant what is missing: one rule an API group. */
export function rulesYaml(missing: readonly MissingPermission[], indent = ''): string {
  const groups = new Map<string, string[]>()
  for (const { apiGroup, resource } of missing) {
    const resources = groups.get(apiGroup) ?? []
    if (!resources.includes(resource)) resources.push(resource)
    groups.set(apiGroup, resources)
  }
  return [...groups]
    .map(([apiGroup, resources]) =>
      [
        `${indent}- apiGroups: [${JSON.stringify(apiGroup)}]`,
        `${indent}  resources: ${JSON.stringify(resources).replaceAll('","', '", "')}`,
        `${indent}  verbs: ${verbs}`,
      ].join('\n'),
    )
    .join('\n')
}

/** A ClusterRole that can be pasted as it is. */
export function clusterRoleYaml(permissions: readonly MissingPermission[]): string {
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: ClusterRole',
    'metadata:',
    '  name: plumbline',
    'rules:',
    rulesYaml(permissions, '  '),
    '---',
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: ClusterRoleBinding',
    'metadata:',
    '  name: plumbline',
    'roleRef:',
    '  apiGroup: rbac.authorization.k8s.io',
    '  kind: ClusterRole',
    '  name: plumbline',
    'subjects:',
    '  # The account that Plumbline uses. For a user of a kubeconfig: kind User, without a namespace.',
    '  - kind: ServiceAccount',
    '    name: plumbline',
    '    namespace: plumbline',
    '',
  ].join('\n')
}
