import { groupVersionOf, type Resource } from './resource.ts'

/** The body of a discovery or health path; null where nothing is served. */
export function discoveryText(path: string, resources: readonly Resource[], gitVersion: string): string | null {
  switch (path) {
    case '/livez':
    case '/readyz':
    case '/healthz':
      return 'ok'
    case '/version': {
      const [, major = '1', minor = ''] = /^v(\d+)\.(\d+)/.exec(gitVersion) ?? []
      return JSON.stringify({
        major,
        minor,
        gitVersion,
        gitCommit: '8cc511e399b929453cd98ae65b419c3cc227ec79',
        gitTreeState: 'clean',
        buildDate: '2026-01-14T09:28:54Z',
        goVersion: 'go1.24.6',
        compiler: 'gc',
        platform: 'linux/amd64',
      })
    }
    case '/api':
      return JSON.stringify({
        kind: 'APIVersions',
        versions: ['v1'],
        serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1' }],
      })
    case '/apis':
      return JSON.stringify({ kind: 'APIGroupList', apiVersion: 'v1', groups: groups(resources) })
  }
  const group = groups(resources).find((each) => path === `/apis/${each.name}`)
  if (group) return JSON.stringify({ kind: 'APIGroup', apiVersion: 'v1', ...group })
  const groupVersion = path.replace(/^\/apis?\//, '')
  const served = resources.filter(
    (each) => groupVersionOf(each) === groupVersion && path.startsWith(each.group === '' ? '/api/' : '/apis/'),
  )
  if (served.length === 0) return null
  return JSON.stringify({
    kind: 'APIResourceList',
    ...(path !== '/api/v1' && { apiVersion: 'v1' }),
    groupVersion,
    resources: served.map((each) => ({
      name: each.plural,
      singularName: each.kind.toLowerCase(),
      namespaced: each.namespaced,
      kind: each.kind,
      verbs: ['get', 'list', 'watch'],
      ...(each.shortNames.length > 0 && { shortNames: each.shortNames }),
    })),
  })
}

function groups(resources: readonly Resource[]) {
  const versions = new Map<string, Set<string>>()
  for (const { group, version } of resources) {
    if (group !== '') versions.set(group, (versions.get(group) ?? new Set()).add(version))
  }
  return [...versions].map(([name, known]) => {
    const all = [...known].map((version) => ({ groupVersion: `${name}/${version}`, version }))
    return { name, versions: all, preferredVersion: all[0] }
  })
}
