import type { ProbeDetail } from '../../domain/live/protocol.ts'

/** More are drawn as a bar. */
const most = 12

/** How many failures in a row there are of as many as it takes, to be counted at a glance. */
export function FailurePips({ inARow }: { readonly inARow: NonNullable<ProbeDetail['inARow']> }) {
  const { count, of, exact } = inARow
  const words = `${exact ? '' : 'at least '}${count} of ${of} failures in a row`
  return (
    <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm">
      {of <= most ? (
        <span aria-hidden="true" className="flex gap-1">
          {Array.from({ length: of }, (_, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: pips have no identity
              key={index}
              className={`h-3 w-3 rounded-xs ${index < count ? 'bg-s-fill' : 'border border-line-strong'}`}
            />
          ))}
        </span>
      ) : (
        <span aria-hidden="true" className="relative h-2.5 w-32 overflow-hidden rounded-full border border-line-strong">
          <span
            className="absolute inset-y-0 left-0 bg-s-fill"
            style={{ width: `${Math.min(100, (100 * count) / of)}%` }}
          />
        </span>
      )}
      <span className={count > 0 ? 'font-semibold' : 'text-ink-2'}>{words}</span>
    </p>
  )
}
