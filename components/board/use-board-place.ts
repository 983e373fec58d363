import { useCallback, useState } from 'react'
import { useUrlState } from '../live/use-url-state.ts'
import type { BoardModel } from './board-model.ts'
import type { BoardPlace } from './board-places.ts'
import { type BoardState, noZone, placeFromState } from './board-url.ts'

interface Chosen {
  readonly place: BoardPlace | null
  /** In which `place` counts. */
  readonly model: BoardModel
  readonly address: string
}

/** What is chosen on the board. Zones and nodes stand in the address; nodes that come and go don't move the choice. */
export function useBoardPlace(
  state: BoardState,
  model: BoardModel,
): readonly [place: BoardPlace | null, choose: (place: BoardPlace | null) => void] {
  const { change } = useUrlState()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const address = addressText(state)
  const choose = useCallback(
    (place: BoardPlace | null) => {
      const next = addressOf(place, model)
      setChosen({ place, model, address: addressText(next) })
      change(next)
    },
    [model, change],
  )
  // The address says less than is known of what was chosen here; what came otherwise is read from it.
  const isOurs = chosen?.address === address
  return [isOurs ? sameIn(chosen.place, chosen.model, model) : placeFromState(state, model), choose]
}

function addressText({ zone, node }: { readonly zone: string; readonly node: string }): string {
  return `${zone}\n${node}`
}

function addressOf(place: BoardPlace | null, model: BoardModel): { readonly zone: string; readonly node: string } {
  switch (place?.level) {
    case 'zone': {
      const zone = model.zones[place.zone]
      return { zone: zone ? (zone.name ?? noZone) : '', node: '' }
    }
    case 'node':
    case 'pod':
      return { zone: '', node: model.names[place.node] ?? '' }
    default:
      return { zone: '', node: '' }
  }
}

/** The place in another state of the board; null where it is gone. */
function sameIn(place: BoardPlace | null, before: BoardModel, now: BoardModel): BoardPlace | null {
  if (!place || before.names === now.names) return place
  switch (place.level) {
    case 'zone': {
      const name = before.zones[place.zone]?.name ?? null
      const zone = now.zones.findIndex((each) => each.name === name)
      return zone < 0 ? null : { ...place, zone }
    }
    case 'rack':
      return null
    default: {
      const node = now.index.get(before.names[place.node] ?? '')
      return node === undefined ? null : { ...place, node }
    }
  }
}
