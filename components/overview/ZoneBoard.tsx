'use client'

import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, type MouseEvent, useMemo, useRef } from 'react'
import { severities } from '../../domain/health/severity.ts'
import type { BoardNode, OverviewSkew } from '../../domain/live/protocol.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { severityWords } from '../kube/severity-words.ts'
import { useRecords } from '../live/use-record.ts'
import { countText } from '../ui/count-text.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Panel } from '../ui/Panel.tsx'
import { BoardTip } from './BoardTip.tsx'
import { moveBetweenCells } from './cell-keys.ts'
import { PodCells } from './PodCells.tsx'
import { ZoneColumn } from './ZoneColumn.tsx'
import { podsOn, zonesOf } from './zone-groups.ts'

const BoardPicture = dynamic(() => import('../board/BoardPicture.tsx').then((module) => module.BoardPicture), {
  ssr: false,
  loading: () => <div aria-hidden="true" className="skeleton h-full" />,
})

/** More nodes in one zone, or pods than the room has cells for, are drawn as one picture. */
const boxesAtMost = 48

/** Every zone a column, every node a box, every pod a cell. Clicks and keys are heard once, here. */
export function ZoneBoard({
  room,
  skews,
  podCells,
}: {
  readonly room: string
  /** The room has the nodes, pod by pod. */
  readonly podCells: boolean
  readonly skews: readonly (readonly [string, OverviewSkew])[]
}) {
  const records = useRecords<BoardNode>(room, 'node/')
  const board = useRef<HTMLDivElement>(null)
  const router = useRouter()
  const { zones, homeless, nodes, pods } = useMemo(() => {
    const all = records.map(([, node]) => node)
    const placed = all.filter((node) => node.name !== '')
    return {
      zones: zonesOf(
        placed,
        skews.map(([, group]) => group),
      ),
      homeless: all.find((node) => node.name === ''),
      nodes: placed.length,
      pods: all.reduce((sum, node) => sum + podsOn(node), 0),
    }
  }, [records, skews])
  if (!podCells || zones.some((zone) => zone.nodes.length > boxesAtMost)) return <CrowdedBoard />
  const size = pods > 1_200 ? 'small' : pods > 400 ? 'medium' : 'large'

  // Plain anchors and one listener: three thousand router links would cost more than the whole page.
  function follow(event: MouseEvent) {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    const cell = (event.target as Element).closest<HTMLAnchorElement>('a.cell')
    if (!cell) return
    event.preventDefault()
    router.push(cell.pathname + cell.search)
  }

  return (
    <Panel
      title="Zones"
      count={`${countText(zones.filter(({ name }) => name !== null).length, 'zone')}, ${countText(nodes, 'node')}`}
      aside={<Legend />}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears what its links are asked */}
      <div
        ref={board}
        onClick={follow}
        onKeyDown={(event: KeyboardEvent) => moveBetweenCells(event)}
        className="flex flex-col gap-4"
      >
        {homeless && podsOn(homeless) > 0 && (
          <div
            data-severity="warning"
            className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-md border border-s-line border-dashed px-3 py-1.5"
          >
            <h3 className="font-semibold text-sm">
              Not on a node <span className="font-normal text-ink-3">{countText(podsOn(homeless), 'pod')}</span>
            </h3>
            <PodCells node={homeless} size={size} />
          </div>
        )}
        {zones.length === 0 ? (
          <EmptyState compact title="No nodes to show">
            The cluster has none, or Plumbline may not read them.
          </EmptyState>
        ) : (
          <div className="grid gap-4 sm:grid-cols-[repeat(auto-fit,minmax(12rem,1fr))]">
            {zones.map((zone) => (
              <ZoneColumn key={zone.name ?? ''} zone={zone} size={size} />
            ))}
          </div>
        )}
      </div>
      <BoardTip board={board} />
    </Panel>
  )
}

/** Too much for boxes: the picture of the Board page, which leads there. */
function CrowdedBoard() {
  return (
    <Panel
      title="Zones"
      aside={
        <>
          <Legend />
          <Link href="/board" className="link">
            Board
          </Link>
        </>
      }
    >
      <div className="h-[56dvh] min-h-80">
        <BoardPicture />
      </div>
    </Panel>
  )
}

function Legend() {
  return (
    <ul aria-label="Legend" className="flex flex-wrap gap-x-3 text-ink-3 text-xs max-sm:hidden">
      {severities.map((severity) => (
        <li key={severity} className="flex items-center gap-1">
          <SeverityGlyph severity={severity} label={false} size="0.8125rem" />
          {severityWords[severity]}
        </li>
      ))}
    </ul>
  )
}
