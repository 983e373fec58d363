/** Two images of one container: only the tag or digest where nothing else differs. */
export function imageChange(from: string, to: string): { readonly from: string; readonly to: string } {
  const before = splitImage(from)
  const after = splitImage(to)
  if (before.name !== after.name || before.version === '' || after.version === '') return { from, to }
  return { from: before.version, to: after.version }
}

/** "registry:5000/shop/cart:1.2" is ["registry:5000/shop/cart", "1.2"]: a port isn't a tag. */
function splitImage(image: string): { readonly name: string; readonly version: string } {
  const digest = image.indexOf('@')
  if (digest !== -1) return { name: image.slice(0, digest), version: image.slice(digest + 1, digest + 20) }
  const tag = image.lastIndexOf(':')
  if (tag === -1 || tag < image.lastIndexOf('/')) return { name: image, version: '' }
  return { name: image.slice(0, tag), version: image.slice(tag + 1) }
}
