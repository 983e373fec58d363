const numbers = new Intl.NumberFormat('en-GB')

/** "4,100". */
export function numberText(value: number): string {
  return numbers.format(value)
}

/** "1 pod", "4,100 pods". */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${numbers.format(count)} ${count === 1 ? one : many}`
}
