'use client'

import { useRouter } from 'next/navigation'
import { type MouseEvent, memo, useMemo } from 'react'
import { compareSeverity, type Severity, severities } from '../../domain/health/severity.ts'
import type { BoardNode } from '../../domain/live/protocol.ts'
import { podsAddress } from '../kube/addresses.ts'
import { severityCountsText } from '../kube/SeverityBar.tsx'
import { countText } from '../ui/count-text.ts'
import { visibleText } from '../ui/visible-text.ts'
import { NodeBox } from './NodeBox.tsx'
import type { CellSize } from './PodCells.tsx'
import type { Zone } from './zone-groups.ts'

const boxesShown = 6

/**
 * A zone of hundreds of nodes: boxes for the few that need a look, and every node as a tile in the
 * colour and shape of its worst pod. The tiles are a picture for the eye and the pointer; the boxes
 * and the pods table give the same by keyboard.
 */
export function NodeTiles({ zone, size }: { readonly zone: Zone; readonly size: CellSize }) {
  const router = useRouter()
  const worst = useMemo(
    () =>
      zone.nodes
        .filter((node) => !node.ready || node.pods.error > 0 || node.pods.warning > 0)
        .sort(
          (a, b) => Number(a.ready) - Number(b.ready) || b.pods.error - a.pods.error || b.pods.warning - a.pods.warning,
        ),
    [zone.nodes],
  )
  function follow(event: MouseEvent) {
    const name = (event.target as Element).getAttribute('data-node')
    if (name) router.push(podsAddress({ text: name }))
  }
  return (
    <>
      {worst.length > 0 && (
        <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,11rem),1fr))] gap-2">
          {worst.slice(0, boxesShown).map((node) => (
            <NodeBox key={node.name} node={node} size={size} />
          ))}
        </div>
      )}
      {worst.length > boxesShown && (
        <p className="text-ink-2 text-xs">and {countText(worst.length - boxesShown, 'more node')} with problems</p>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the boxes above and the pods table are the way by keyboard */}
      <div
        role="img"
        aria-label={`${countText(zone.nodes.length, 'node')}, ${zone.notReady} not ready; pods: ${severityCountsText(zone.pods)}`}
        className="flex flex-wrap gap-px"
        onClick={follow}
      >
        {zone.nodes.map((node) => (
          <NodeTile key={node.name} node={node} />
        ))}
      </div>
    </>
  )
}

const NodeTile = memo(function NodeTile({ node }: { readonly node: BoardNode }) {
  const severity = worstOn(node)
  return (
    <span
      data-node={node.name}
      data-severity={severity}
      data-tip={visibleText(`${node.name}: ${node.ready ? '' : 'NotReady, '}${severityCountsText(node.pods)}`)}
      className="cell cell-small cursor-pointer"
    />
  )
})

function worstOn(node: BoardNode): Severity {
  if (!node.ready) return 'error'
  return [...severities].sort(compareSeverity).find((severity) => node.pods[severity] > 0) ?? 'ok'
}
