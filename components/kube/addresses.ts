/** Addresses of our own pages. State lives in the query, so that everything on a screen can be sent as a link. */
export function podAddress(namespace: string, name: string): string {
  return `/pod?${new URLSearchParams({ namespace, name })}`
}

export function podsAddress(filter: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(filter).toString()
  return query === '' ? '/pods' : `/pods?${query}`
}

export function placementAddress(group: string): string {
  return `/placement?${new URLSearchParams({ group })}`
}

export function problemsAddress(filter: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(filter).toString()
  return query === '' ? '/problems' : `/problems?${query}`
}
