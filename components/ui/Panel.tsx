import type { ReactNode } from 'react'

/** A titled area of a page. The title is a heading, so that screen readers can jump to it. */
export function Panel({
  title,
  count,
  aside,
  children,
  className = '',
  bodyClassName = 'px-4 pb-4',
}: {
  readonly title: string
  readonly count?: ReactNode
  readonly aside?: ReactNode
  readonly children: ReactNode
  readonly className?: string
  readonly bodyClassName?: string
}) {
  return (
    <section className={`panel flex min-w-0 flex-col ${className}`} aria-label={title}>
      <div className="flex min-h-11 flex-wrap items-center gap-x-2 gap-y-1 px-4 py-2">
        <h2 className="font-semibold text-ink">{title}</h2>
        {count !== undefined && <span className="text-ink-3 text-sm">{count}</span>}
        {aside !== undefined && <div className="ml-auto flex items-center gap-3 text-sm">{aside}</div>}
      </div>
      <div className={`min-w-0 ${bodyClassName}`}>{children}</div>
    </section>
  )
}
