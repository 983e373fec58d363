function hash(text: string): number {
  let value = 2166136261
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 16777619)
  return value >>> 0
}

/** The digest under which the runtime keeps an image; the same for the same image. */
export function imageIDOf(image: string): string {
  let digest = ''
  for (let index = 0; index < 8; index += 1) digest += hash(`${image}#${index}`).toString(16).padStart(8, '0')
  return `${image.split(':')[0]}@sha256:${digest}`
}

/** Bytes; between 10 and 400 MB. */
export function imageSizeOf(image: string): number {
  return 10_000_000 + (hash(image) % 390_000_000)
}
