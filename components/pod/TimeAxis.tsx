import { place, type TimeScale, timeTicks } from '../ui/time-scale.ts'

/** Round times under a line that runs from left to right. Decoration: what it shows is said in words elsewhere. */
export function TimeAxis({ scale, ticks = 6 }: { readonly scale: TimeScale; readonly ticks?: number }) {
  return (
    <div aria-hidden="true" className="relative h-4 overflow-hidden text-2xs text-ink-3">
      {timeTicks(scale, ticks).map(({ at, label }) => (
        <span
          key={at}
          className="absolute top-0 whitespace-nowrap border-line-strong border-l pl-1 leading-4"
          style={{ left: place(scale, at) }}
        >
          {label}
        </span>
      ))}
    </div>
  )
}
