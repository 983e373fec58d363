/** Addresses of our own pages. State lives in the query, so that everything on a screen can be sent as a link. */
export function podAddress(namespace: string, name: string): string {
  return `/pod?${new URLSearchParams({ namespace, name })}`
}

export function workloadAddress(
  namespace: string,
  { kind, name }: { readonly kind: string; readonly name: string },
): string {
  return `/workload?${new URLSearchParams({ namespace, kind, name })}`
}

export function podsAddress(filter: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(filter).toString()
  return query === '' ? '/pods' : `/pods?${query}`
}

export function placementAddress(group: string): string {
  return `/placement?${new URLSearchParams({ group })}`
}

/** The placement of whatever has this text in its name. */
export function placementTextAddress(text: string): string {
  return `/placement?${new URLSearchParams({ text })}`
}

export function problemsAddress(filter: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(filter).toString()
  return query === '' ? '/problems' : `/problems?${query}`
}

/** The Problems page with one group unfolded. */
export function problemGroupAddress(id: string): string {
  return problemsAddress({ id })
}

export function boardAddress(chosen: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(chosen).toString()
  return query === '' ? '/board' : `/board?${query}`
}
