/** The title of a part of a container's card. */
export function SubTitle({ children }: { readonly children: string }) {
  return <h4 className="font-semibold text-ink-2 text-sm">{children}</h4>
}
