/** Rows that breathe while data is on its way. Hidden from screen readers, which hear the label instead. */
export function SkeletonRows({ rows, label }: { readonly rows: number; readonly label: string }) {
  return (
    <div role="status">
      <span className="sr-only">{label}</span>
      <div aria-hidden="true" className="flex flex-col gap-3 py-2">
        {Array.from({ length: rows }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows without content, never reordered
          <div key={index} className="flex items-center gap-3">
            <div className="skeleton h-4 w-4 shrink-0" />
            <div className="skeleton h-4 flex-1" style={{ maxWidth: `${90 - ((index * 23) % 45)}%` }} />
            <div className="skeleton h-4 w-10 shrink-0" />
          </div>
        ))}
      </div>
    </div>
  )
}
