/** Longer texts are cut to this many UTF-16 units (the API allows 1 KiB for events, 4 KiB for termination messages). */
export const longestMessage = 4_096

const credentials = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi

/** Free text that Kubernetes or a program wrote: cut to a length, and without the user and password of URLs. */
export function messageText(value: unknown): string {
  if (typeof value !== 'string') return ''
  const short = value.length > longestMessage ? cut(value) : value
  return short.includes('@') && short.includes('://') ? short.replace(credentials, '$1…@') : short
}

function cut(value: string): string {
  const last = value.charCodeAt(longestMessage - 2)
  const isHalf = last >= 0xd800 && last <= 0xdbff
  const start = value.slice(0, longestMessage - (isHalf ? 2 : 1))
  // A slice keeps the whole string alive in V8; what has been through JSON is a string of its own.
  return JSON.parse(JSON.stringify(`${start}…`)) as string
}
