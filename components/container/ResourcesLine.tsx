import { Words } from '../kube/Words.tsx'

type Amounts = readonly (readonly [string, string])[]

/** Requests and limits: "cpu 250m, no limit". */
export function ResourcesLine({ requests, limits }: { readonly requests: Amounts; readonly limits: Amounts }) {
  const names = [...new Set([...requests, ...limits].map(([name]) => name))]
  if (names.length === 0) return <span className="text-ink-3">no requests, no limits</span>
  const asked = new Map(requests)
  const most = new Map(limits)
  return (
    <span className="flex min-w-0 flex-wrap gap-x-4">
      {names.map((name) => (
        <span key={name}>
          <Words text={name} className="text-ink-3" /> <Words text={asked.get(name) ?? 'no request'} />
          {most.has(name) ? (
            <>
              {' '}
              <span className="text-ink-3">limit</span> <Words text={most.get(name) ?? ''} />
            </>
          ) : (
            <span className="text-ink-3">, no limit</span>
          )}
        </span>
      ))}
    </span>
  )
}
