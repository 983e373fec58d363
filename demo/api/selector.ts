import type { KubernetesObject } from './kubernetes-object.ts'

export type Selector = (object: KubernetesObject) => boolean

type LabelTest = (labels: Readonly<Record<string, unknown>>) => boolean

/**
 * Reads the query parameters labelSelector and fieldSelector; null where neither restricts anything.
 * @throws SyntaxError for a selector that can't be read
 */
export function readSelector(labelSelector: string, fieldSelector: string): Selector | null {
  const labelTests = splitRequirements(labelSelector).map(labelTest)
  const fieldTests = splitRequirements(fieldSelector).map(fieldTest)
  if (labelTests.length === 0 && fieldTests.length === 0) return null
  return (object) => {
    const labels = object.metadata.labels ?? {}
    return labelTests.every((test) => test(labels)) && fieldTests.every((test) => test(object))
  }
}

/** Commas separate requirements, except inside the parentheses of a set. */
function splitRequirements(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function own(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function labelTest(requirement: string): LabelTest {
  const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(requirement)
  if (set) {
    const [, key = '', operator, list = ''] = set
    const values: readonly unknown[] = list.split(',').map((value) => value.trim())
    return operator === 'in'
      ? (labels) => values.includes(own(labels, key))
      : (labels) => !values.includes(own(labels, key))
  }
  const equality = /^([^!=\s]+)\s*(==|=|!=)\s*(\S*)$/.exec(requirement)
  if (equality) {
    const [, key = '', operator, value] = equality
    return operator === '!=' ? (labels) => own(labels, key) !== value : (labels) => own(labels, key) === value
  }
  if (/^!\S+$/.test(requirement)) return (labels) => own(labels, requirement.slice(1)) === undefined
  if (/^[^\s()=!]+$/.test(requirement)) return (labels) => own(labels, requirement) !== undefined
  throw new SyntaxError(`unable to parse requirement: ${requirement}`)
}

function fieldTest(requirement: string): Selector {
  const match = /^([^!=]+?)\s*(==|=|!=)\s*(.*)$/.exec(requirement)
  if (!match) throw new SyntaxError(`invalid selector: '${requirement}'; can't understand '${requirement}'`)
  const [, path = '', operator, value = ''] = match
  return (object) => {
    let field: unknown = object
    for (const step of path.split('.')) field = (field as Record<string, unknown> | null | undefined)?.[step]
    return (String(field ?? '') === value) === (operator !== '!=')
  }
}
