/**
 * metadata.managedFields as server-side field tracking writes it. Plumbline drops it; it is here
 * because it is a third of a real object.
 */
export function managedFields(entries: readonly ManagedFieldsEntry[]): readonly object[] {
  return entries.map(({ manager, apiVersion = 'v1', time, fields, subresource }) => ({
    manager,
    operation: 'Update',
    apiVersion,
    time,
    fieldsType: 'FieldsV1',
    fieldsV1: fields,
    ...(subresource !== undefined && { subresource }),
  }))
}

export interface ManagedFieldsEntry {
  readonly manager: string
  readonly apiVersion?: string
  readonly time: string
  readonly fields: object
  readonly subresource?: string
}

/** The FieldsV1 tree of a value: `f:` for fields, `k:` for the items of keyed lists, atomic lists as leaves. */
export function fieldsOf(value: unknown): object {
  const fields: Record<string, object> = {}
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fields
  for (const [field, inner] of Object.entries(value)) {
    if (Array.isArray(inner)) fields[`f:${field}`] = listFields(inner)
    else fields[`f:${field}`] = { ...(isObject(inner) && { '.': {} }), ...fieldsOf(inner) }
  }
  return fields
}

const keys: readonly string[] = ['uid', 'name', 'type', 'ip', 'topologyKey']

function listFields(list: readonly unknown[]): object {
  const fields: Record<string, object> = {}
  for (const item of list) {
    if (!isObject(item)) return {}
    const record = item as Record<string, unknown>
    const key =
      'containerPort' in record
        ? { containerPort: record.containerPort, protocol: record.protocol }
        : 'mountPath' in record
          ? { mountPath: record.mountPath }
          : keyOf(record)
    if (!key) return {}
    fields[`k:${JSON.stringify(key)}`] = { '.': {}, ...fieldsOf(item) }
  }
  return { '.': {}, ...fields }
}

function keyOf(record: Record<string, unknown>): object | null {
  const key = keys.find((each) => each in record)
  return key === undefined ? null : { [key]: record[key] }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
