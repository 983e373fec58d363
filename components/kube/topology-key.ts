const shortNames: Readonly<Record<string, string>> = {
  'topology.kubernetes.io/zone': 'zone',
  'topology.kubernetes.io/region': 'region',
  'kubernetes.io/hostname': 'node',
  'failure-domain.beta.kubernetes.io/zone': 'zone (beta label)',
  'failure-domain.beta.kubernetes.io/region': 'region (beta label)',
}

/** The word for a well-known topology key; other keys as they are. */
export function topologyWord(key: string): string {
  return Object.hasOwn(shortNames, key) ? (shortNames[key] ?? key) : key
}

export function isZoneKey(key: string): boolean {
  return key === 'topology.kubernetes.io/zone' || key === 'failure-domain.beta.kubernetes.io/zone'
}
