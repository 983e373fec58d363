/** One sample of the Prometheus text format. */
export interface PrometheusSample {
  readonly name: string
  readonly labels: ReadonlyMap<string, string>
  readonly value: number
}

const metricName = /[a-zA-Z_:][a-zA-Z0-9_:]*/y
const opening = /[ \t]*\{[ \t]*/y
/** A label and what follows it; a comma may also stand after the last one. */
const labelPair = /([a-zA-Z_][a-zA-Z0-9_]*)[ \t]*=[ \t]*"((?:[^"\\]|\\[\\n"])*)"[ \t]*(?:,[ \t]*|(?=\}))/y
const closing = /\}/y
/** A float as Go writes it, and perhaps the time of the sample in ms. */
const valueAndTime = /[ \t]+([+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|Inf)|NaN)(?:[ \t]+-?\d+)?[ \t\r]*$/y

/**
 * Reads one line of the text exposition format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats).
 * Null for whatever is not a sample of it.
 */
export function readPrometheusSample(line: string): PrometheusSample | null {
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(line)
    if (found) at = pattern.lastIndex
    return found
  }
  const name = take(metricName)?.[0]
  if (name === undefined) return null
  const labels = new Map<string, string>()
  if (take(opening)) {
    for (let pair = take(labelPair); pair; pair = take(labelPair)) {
      const [, label = '', value = ''] = pair
      if (labels.has(label)) return null
      labels.set(label, value.includes('\\') ? value.replace(/\\(.)/g, unescaped) : value)
    }
    if (!take(closing)) return null
  }
  const number = take(valueAndTime)?.[1]
  return number === undefined ? null : { name, labels, value: goFloat(number) }
}

function unescaped(_: string, character: string): string {
  return character === 'n' ? '\n' : character
}

function goFloat(text: string): number {
  if (text.endsWith('Inf')) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return Number(text)
}
