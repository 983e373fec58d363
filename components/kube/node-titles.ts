/** Names of nodes without the domain that they all share, as kubectl users know them: "ip-10-20-2-105". */
export function nodeTitles(names: readonly string[]): readonly string[] {
  const [first] = names
  const dot = first?.indexOf('.') ?? -1
  if (first === undefined || names.length < 2 || dot < 1) return names
  const domain = first.slice(dot)
  if (!names.every((name) => name.length > domain.length && name.endsWith(domain))) return names
  return names.map((name) => name.slice(0, -domain.length))
}
