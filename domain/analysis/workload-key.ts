/** Names a workload among all of the cluster. Neither a namespace nor a kind can hold a slash. */
export function workloadKey(
  namespace: string,
  { kind, name }: { readonly kind: string; readonly name: string },
): string {
  return `${namespace}/${kind}/${name}`
}
