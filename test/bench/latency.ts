import { io } from 'socket.io-client'
import type { PodRow } from '../../domain/live/pod-row.ts'
import type { RoomDelta } from '../../domain/live/protocol.ts'
import { pause } from '../support/pause.ts'
import type { PlumblineProcess } from '../support/plumbline-process.ts'

const warmUp = 3_000
const measureFor = 20_000

/**
 * From a change in the API server to its arrival in a browser's socket, while the cluster changes at
 * `rate` pods a second. All processes share one clock. ms.
 */
export async function measureLatency(
  plumbline: PlumblineProcess,
  server: string,
  rate: number,
): Promise<{ p50: number; p99: number; lag: number; achieved: number; count: number }> {
  const control = new URL(server)
  control.port = String(Number(control.port) + 1)
  const setRate = async (each: number) =>
    (await (await fetch(`${control.origin}/?rate=${each}`)).json()) as { achieved: number }
  const delays: number[] = []
  let counting = false
  const socket = io(plumbline.url, { transports: ['websocket'] })
  socket.on('delta', ({ changed }: RoomDelta) => {
    const now = Date.now()
    for (const [key, record] of changed) {
      const at = key.startsWith('row/') ? (record as PodRow).lastRestartAt : null
      if (counting && at !== null) delays.push(now - at)
    }
  })
  // What a busy screen shows: the overview, and a list that the probes are in.
  for (const room of ['overview', 'pods?text=latency-probe']) socket.emit('join', room, null, () => {})
  await pause(500)
  await setRate(rate)
  await pause(warmUp)
  await plumbline.metric('nodejs_eventloop_lag_p99_seconds')
  counting = true
  await pause(measureFor)
  counting = false
  const lag = (await plumbline.metric('nodejs_eventloop_lag_p99_seconds')) * 1_000
  const { achieved } = await setRate(0)
  socket.close()
  delays.sort((a, b) => a - b)
  const at = (share: number) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99), lag, achieved, count: delays.length }
}
