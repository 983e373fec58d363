// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its purpose
const terminalSequences = /\u001b\[[0-9;:?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g
// Controls but for tab and line feed; soft hyphen; zero-width, direction and joining marks; tags.
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its purpose
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu

/**
 * Text from the cluster, made honest for a screen: colour codes of terminals are dropped, and
 * characters that nobody sees but that turn, hide or break text are written out as ‹U+202E›.
 */
export function visibleText(text: string): string {
  return text
    .replace(terminalSequences, '')
    .replace(
      unseen,
      (character) => `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`,
    )
}
