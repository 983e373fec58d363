import type { NodeDetail } from '../../domain/live/protocol.ts'
import { useRecord } from '../live/use-record.ts'
import { useRooms } from '../live/use-room.ts'
import { nodeRoom } from './board-url.ts'

/** Who the pods of a node are; asked for while a node is named. */
export function useNodeDetail(name: string | undefined): NodeDetail | undefined {
  const room = nodeRoom(name ?? '')
  useRooms(name === undefined ? [] : [room])
  const detail = useRecord<NodeDetail>(room, 'node')
  return name === undefined ? undefined : detail
}
