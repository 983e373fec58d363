import { memo } from 'react'
import type { BoardNode } from '../../domain/live/protocol.ts'
import { podAddress } from '../kube/addresses.ts'
import { severityWords } from '../kube/severity-words.ts'
import { visibleText } from '../ui/visible-text.ts'

export type CellSize = 'small' | 'medium' | 'large'

const sizeClass: Readonly<Record<CellSize, string>> = {
  small: 'cell cell-small',
  medium: 'cell',
  large: 'cell cell-large',
}

/** The pods of one node: a cell each. */
export const PodCells = memo(function PodCells({ node, size }: { readonly node: BoardNode; readonly size: CellSize }) {
  if (node.cells.length === 0) return <p className="text-ink-3 text-xs">no pods</p>
  return (
    <ul className={`flex flex-wrap ${size === 'large' ? 'gap-0.5' : ''}`}>
      {node.cells.map((cell, index) => (
        <li key={cell.uid}>
          <a
            href={podAddress(cell.namespace, cell.name)}
            data-severity={cell.severity}
            className={sizeClass[size]}
            tabIndex={index === 0 ? 0 : -1}
          >
            <span className="sr-only">
              {visibleText(
                `${cell.namespace}/${cell.name}: ${cell.status} (${severityWords[cell.severity].toLowerCase()})`,
              )}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
})
