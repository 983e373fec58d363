/** Characters kept of a message: enough for any that Kubernetes writes itself. */
export const longestMessage = 1_000

/**
 * Text as history keeps it: cut to `length` UTF-16 units, without NUL (which ends a text in SQLite)
 * and without lone surrogates (which are no Unicode text).
 */
export function keptText(text: string, length = longestMessage): string {
  const cut = text.length > length ? `${text.slice(0, length - 1)}…` : text
  return cut.replaceAll('\0', '\ufffd').toWellFormed()
}
