import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RequestBudget } from '../../../server/cluster/request-budget.ts'

test('at most three lists are in flight', async () => {
  const budget = new RequestBudget(() => 0)
  let running = 0
  let most = 0
  await Promise.all(
    Array.from({ length: 12 }, () =>
      budget.withListSlot(new AbortController().signal, async () => {
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setTimeout(resolve, 2))
        running -= 1
      }),
    ),
  )
  assert.equal(most, 3)
})

test('after the burst a list has to wait for a token, and gives up when it is told to stop', async () => {
  let now = 0
  const budget = new RequestBudget(() => now)
  const signal = new AbortController().signal
  for (let list = 0; list < 28; list += 1) await budget.withListSlot(signal, async () => {})
  const stop = new AbortController()
  const waiting = budget.withListSlot(stop.signal, async () => 'listed')
  stop.abort()
  await assert.rejects(waiting)
  now = 10_000
  assert.equal(await budget.withListSlot(signal, async () => 'listed'), 'listed')
})
