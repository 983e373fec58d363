import type { NodeDetail } from '../../domain/live/protocol.ts'
import { severityCountsText } from '../kube/SeverityBar.tsx'
import { severityWords } from '../kube/severity-words.ts'
import { countText } from '../ui/count-text.ts'
import { visibleText } from '../ui/visible-text.ts'
import type { BoardLayout } from './board-layout.ts'
import {
  type BoardModel,
  cordonedFlag,
  notReadyFlag,
  notReadyIn,
  severityAt,
  sumCounts,
  unknownFlag,
  zoneOfNode,
} from './board-model.ts'
import type { BoardPlace } from './board-places.ts'

/** A place on the board in words: for its tip and for screen readers. `detail` names pods, once it has come. */
export function placeWords(
  place: BoardPlace,
  model: BoardModel,
  layout: BoardLayout,
  detail: NodeDetail | undefined,
): readonly [title: string, more: string] {
  switch (place.level) {
    case 'zone': {
      const zone = model.zones[place.zone]
      if (!zone) return ['', '']
      return [zoneWords(zone.name), groupWords(model, zone.from, zone.to)]
    }
    case 'rack': {
      const rack = layout.racks[place.rack]
      if (!rack) return ['', '']
      const first = visibleText(model.names[rack.from] ?? '')
      const last = visibleText(model.names[rack.to - 1] ?? '')
      return [`Nodes ${first} to ${last}`, groupWords(model, rack.from, rack.to)]
    }
    case 'node': {
      const flags = model.flags[place.node] ?? 0
      const state = [
        ...(flags & notReadyFlag ? ['NotReady'] : []),
        ...(flags & cordonedFlag ? ['cordoned'] : []),
        ...(flags & unknownFlag ? ['not known as a Node'] : []),
        severityCountsText(sumCounts(model, place.node, place.node + 1)),
      ]
      const zone = model.zones[zoneOfNode(model, place.node)]?.name ?? null
      return [visibleText(model.names[place.node] ?? ''), `${zoneWords(zone)}: ${state.join(', ')}`]
    }
    case 'pod': {
      const node = visibleText(model.names[place.node] ?? '')
      const pod = detail?.name === model.names[place.node] ? detail?.pods[place.pod] : undefined
      const word = severityWords[severityAt(model, place.node, place.pod)].toLowerCase()
      if (!pod) return [`Pod ${place.pod + 1} of ${node}`, word]
      return [visibleText(`${pod.namespace}/${pod.name}`), `${visibleText(pod.status)} (${word}) on ${node}`]
    }
  }
}

export function zoneWords(name: string | null): string {
  return name === null ? 'Nodes without a zone' : `Zone ${visibleText(name)}`
}

function groupWords(model: BoardModel, from: number, to: number): string {
  const notReady = notReadyIn(model, from, to)
  const nodes = `${countText(to - from, 'node')}${notReady > 0 ? `, ${notReady} not ready` : ''}`
  return `${nodes}; pods: ${severityCountsText(sumCounts(model, from, to))}`
}
