import type { BoardModel } from './board-model.ts'
import type { BoardPlace } from './board-places.ts'

/** The board's state in the address. */
export interface BoardState {
  readonly view: 'board' | 'table'
  readonly namespace: string
  readonly text: string
  readonly severity: string
  /** What is chosen, by name. */
  readonly zone: string
  readonly node: string
}

/** A zone without a name can't be written: nodes without a zone label. */
export const noZone = '-'

const severities = ['error', 'warning', 'progress', 'ok']

export function boardStateFromUrl(parameters: URLSearchParams): BoardState {
  const severity = parameters.get('severity') ?? ''
  return {
    view: parameters.get('view') === 'table' ? 'table' : 'board',
    namespace: (parameters.get('namespace') ?? '').slice(0, 253),
    text: (parameters.get('text') ?? '').slice(0, 253),
    severity: severities.includes(severity) ? severity : '',
    zone: parameters.get('zone') ?? '',
    node: parameters.get('node') ?? '',
  }
}

/** The room of what the filters pick, as the server names it: parameters in its order. Null: nothing is filtered. */
export function matchRoom({
  namespace,
  severity,
  text,
}: Pick<BoardState, 'namespace' | 'severity' | 'text'>): string | null {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries({ namespace, severity, text })) if (value !== '') parameters.set(key, value)
  return parameters.size === 0 ? null : `board-match?${parameters}`
}

export function nodeRoom(name: string): string {
  return `node?${new URLSearchParams({ name })}`
}

/** What the address says is chosen; null where there is none of that name. */
export function placeFromState({ zone, node }: BoardState, model: BoardModel): BoardPlace | null {
  const at = model.index.get(node)
  if (at !== undefined) return { level: 'node', node: at }
  const index = model.zones.findIndex(({ name }) => (name ?? noZone) === zone)
  return zone === '' || index < 0 ? null : { level: 'zone', zone: index }
}
