import type { Volume } from '../model/pod-spec.ts'
import { isRecord, type Raw, record, text } from './raw.ts'
import { volumeName } from './volume-name.ts'

/** Volume sources that name another object, and the field that does. */
const sourceFields: ReadonlyMap<string, string> = new Map([
  ['persistentVolumeClaim', 'claimName'],
  ['configMap', 'name'],
  ['secret', 'secretName'],
])

/** @param like an earlier answer: given back itself where it is equal */
export function readVolume(item: Raw, like: Volume | undefined): Volume {
  let type = ''
  for (const key in item) {
    if (key !== 'name' && isRecord(item[key])) {
      type = key
      break
    }
  }
  const name = volumeName(text(item.name))
  const field = sourceFields.get(type)
  const source = field === undefined ? '' : text(record(item[type])[field])
  return like && like.name === name && like.type === type && like.source === source ? like : { name, type, source }
}
