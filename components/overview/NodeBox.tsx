import Link from 'next/link'
import { memo } from 'react'
import type { BoardNode } from '../../domain/live/protocol.ts'
import { boardAddress } from '../kube/addresses.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { numberText } from '../ui/count-text.ts'
import { type CellSize, PodCells } from './PodCells.tsx'
import { podsOn } from './zone-groups.ts'

/** One node with its pods. A node that isn't ready can't be overlooked: red, hatched, and said in words. */
export const NodeBox = memo(function NodeBox({ node, size }: { readonly node: BoardNode; readonly size: CellSize }) {
  return (
    <div
      data-severity={node.ready ? 'none' : 'error'}
      className={`min-w-0 rounded-md border p-2 ${node.ready ? 'border-line bg-canvas' : 'hatch border-s border-2 bg-s-soft'}`}
    >
      <div className="mb-1 flex items-center gap-1.5 text-sm">
        <Link
          href={boardAddress({ node: node.name })}
          prefetch={false}
          className="min-w-0 flex-1 rounded-sm font-medium hover:text-accent"
        >
          <Words text={node.name} clip />
        </Link>
        {node.unschedulable && (
          <span className="rounded-sm border border-line-strong px-1 text-2xs text-ink-2">cordoned</span>
        )}
        <span className="text-ink-3 text-xs">{numberText(podsOn(node))}</span>
      </div>
      {!node.ready && (
        <p className="mb-1.5 flex w-fit items-center gap-1.5 rounded-sm bg-surface px-1.5 py-0.5 font-bold text-s text-xs">
          <SeverityGlyph severity="error" label={false} size="0.8125rem" />
          NotReady
        </p>
      )}
      <PodCells node={node} size={size} />
    </div>
  )
})
