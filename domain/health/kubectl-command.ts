/**
 * A kubectl command line for a POSIX shell. Every word that isn't plainly harmless is quoted: names
 * come from the cluster, and whoever copies a command must run this one and no other.
 */
export function kubectl(...words: readonly (string | null)[]): string {
  return ['kubectl', ...words.filter((word) => word !== null).map(quoted)].join(' ')
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  // A newline in a word would end the command for some terminals that are pasted into.
  return `'${word.replace(/\p{Cc}/gu, ' ').replaceAll("'", `'\\''`)}'`
}
