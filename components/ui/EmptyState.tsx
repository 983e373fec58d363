import type { ReactNode } from 'react'

/** What stands where there is nothing to show: says why, and what can be done. */
export function EmptyState({
  title,
  children,
  picture,
  compact = false,
  page = false,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly picture?: ReactNode
  readonly compact?: boolean
  /** It stands for the whole page: its title is the page's heading. */
  readonly page?: boolean
}) {
  const Title = page ? 'h1' : 'p'
  return (
    <div className={`flex flex-col items-center text-center ${compact ? 'gap-1 px-4 py-6' : 'gap-2 px-6 py-14'}`}>
      {picture !== undefined && <div className="mb-2 text-ink-3">{picture}</div>}
      <Title className={compact ? 'font-medium text-ink-2' : 'font-semibold text-lg'}>{title}</Title>
      {children !== undefined && <div className="max-w-prose text-ink-3 text-sm">{children}</div>}
    </div>
  )
}
