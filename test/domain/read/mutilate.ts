type Random = (below: number) => number

/** What stands nowhere in the API where an object, list, text or time is meant. */
const nonsense: readonly unknown[] = [
  null,
  0,
  -1,
  1.5,
  1e300,
  '',
  'x',
  '0',
  '2026-13-45T99:99:99Z',
  true,
  false,
  [],
  [null],
  [1, 'a', {}],
  {},
  { a: 1 },
  JSON.parse('{"__proto__": "x", "constructor": "y", "toString": 3}'),
  'a'.repeat(10_000),
]

/** A copy in which a few fields, chosen at random, are gone or hold nonsense. */
export function mutilate(value: unknown, random: Random): unknown {
  const copy = structuredClone(value)
  for (let times = 1 + random(4); times > 0; times -= 1) {
    const places = allPlaces(copy)
    const place = places[random(places.length)]
    if (!place) break
    const { parent, key } = place
    if (random(4) === 0) delete (parent as Record<string, unknown>)[key]
    else (parent as Record<string, unknown>)[key] = structuredClone(nonsense[random(nonsense.length)])
  }
  return copy
}

function allPlaces(value: unknown): { readonly parent: object; readonly key: string }[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => [{ parent: value, key }, ...allPlaces(child)])
}
