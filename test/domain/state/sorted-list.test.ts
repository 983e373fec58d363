import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SortedList } from '../../../domain/state/sorted-list.ts'

test('stays equal to a sorted array under random adding and removing', () => {
  let seed = 42
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed / 2 ** 31
  }
  const compare = (a: { at: number; id: number }, b: { at: number; id: number }) => a.at - b.at || a.id - b.id
  const list = new SortedList(compare)
  let naive: { at: number; id: number }[] = []
  for (let id = 0; id < 3_000; id += 1) {
    if (naive.length > 0 && random() < 0.4) {
      const gone = naive[Math.floor(random() * naive.length)]
      if (!gone) continue
      naive = naive.filter((each) => each !== gone)
      assert.equal(list.remove({ ...gone }), true)
    } else {
      const item = { at: Math.floor(random() * 50), id }
      naive.push(item)
      list.add(item)
    }
  }
  assert.deepEqual([...list], [...naive].sort(compare))
  assert.equal(list.remove({ at: -1, id: -1 }), false)
})
