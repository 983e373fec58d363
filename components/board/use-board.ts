import { useMemo, useRef } from 'react'
import type { BoardMatch, BoardTile } from '../../domain/live/protocol.ts'
import { useRecords } from '../live/use-record.ts'
import { type BoardModel, boardModel } from './board-model.ts'

export const boardRoom = 'board'

/** The board's nodes as arrays, anew with each change of one of them. */
export function useBoardModel(): BoardModel {
  const records = useRecords<BoardTile>(boardRoom, 'node/')
  const last = useRef<BoardModel | null>(null)
  return useMemo(() => {
    last.current = boardModel(records, last.current)
    return last.current
  }, [records])
}

/** Which pods the filters pick; null where the room holds nothing yet. */
export function usePicked(room: string, model: BoardModel): (node: number) => string | undefined {
  const records = useRecords<BoardMatch>(room, 'node/')
  return useMemo(() => {
    const cells = new Map<number, string>()
    for (const [key, match] of records) {
      const node = model.index.get(key.slice('node/'.length))
      if (node !== undefined) cells.set(node, match.cells)
    }
    return (node: number) => cells.get(node)
  }, [records, model.index])
}
