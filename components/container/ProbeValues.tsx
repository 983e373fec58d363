import type { Probe } from '../../domain/model/pod-spec.ts'
import { probeValues } from './probe-words.ts'

/** The values that hold for a probe as a compact definition; Kubernetes' defaults are marked. */
export function ProbeValues({ probe, defaulted }: { readonly probe: Probe; readonly defaulted: readonly string[] }) {
  const fields = new Set(defaulted)
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-1">
      {probeValues(probe).map(({ field, name, value }) => {
        const isDefault = fields.has(field)
        return (
          <div
            key={field}
            className="flex items-baseline gap-1.5"
            title={isDefault ? `${field}: Kubernetes’ default` : field}
          >
            <dt className="text-ink-3 text-xs">{name}</dt>
            <dd className={isDefault ? 'text-ink-2 text-sm' : 'font-semibold text-sm'}>
              {value}
              {isDefault && <span className="ml-1 text-2xs text-ink-3">default</span>}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
