import { place, type TimeScale, timeTicks } from '../ui/time-scale.ts'

/** Round times under a line that runs from left to right. Decoration: what it shows is said in words elsewhere. */
export function TimeAxis({ scale, ticks = 6 }: { readonly scale: TimeScale; readonly ticks?: number }) {
  return (
    <div aria-hidden="true" className="relative h-4 overflow-hidden text-2xs text-ink-3">
      {timeTicks(scale, ticks).map(({ at, label }) => {
        // At the right end there is no room to the right of the mark.
        const atEnd = (at - scale.from) / (scale.to - scale.from) > 0.88
        return (
          <span
            key={at}
            className={`absolute top-0 whitespace-nowrap border-line-strong leading-4 ${atEnd ? '-translate-x-full border-r pr-1' : 'border-l pl-1'}`}
            style={{ left: place(scale, at) }}
          >
            {label}
          </span>
        )
      })}
    </div>
  )
}
