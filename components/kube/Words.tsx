import { memo } from 'react'
import { visibleText } from '../ui/visible-text.ts'

/**
 * A name or message as the cluster gave it: inert text, isolated from the direction of what stands
 * around it, breaking anywhere rather than widening the page.
 */
export const Words = memo(function Words({
  text,
  className = '',
  clip = false,
}: {
  readonly text: string
  readonly className?: string
  /** One line with an ellipsis; the whole text on hover. */
  readonly clip?: boolean
}) {
  const shown = visibleText(text)
  return (
    <bdi className={`${clip ? 'block truncate' : ''} ${className}`} title={clip ? shown : undefined}>
      {shown}
    </bdi>
  )
})
