import Link from 'next/link'
import type { PodDetail } from '../../domain/live/protocol.ts'
import { placementAddress } from '../kube/addresses.ts'
import { DomainBars } from '../kube/DomainBars.tsx'
import { SkewWords } from '../kube/SkewWords.tsx'
import { topologyWord } from '../kube/topology-key.ts'
import { Words } from '../kube/Words.tsx'
import { Panel } from '../ui/Panel.tsx'

/** The topology spread constraints that this pod carries, as they stand now. */
export function PodSpread({
  spread,
  none = 'This pod carries none.',
}: {
  readonly spread: PodDetail['spread']
  readonly none?: string
}) {
  return (
    <Panel title="Spread constraints">
      {spread.length === 0 ? (
        <p className="text-ink-3 text-sm">{none}</p>
      ) : (
        <ul className="flex flex-col gap-4 text-sm">
          {spread.map((group) => (
            <li key={group.id}>
              <p className="mb-1.5 flex flex-wrap items-baseline gap-x-2">
                <Link href={placementAddress(group.id)} prefetch={false} className="link font-medium">
                  by <Words text={topologyWord(group.topologyKey)} />
                </Link>
                <span className="text-ink-3">{group.whenUnsatisfiable}</span>
                <span className="ml-auto">
                  <SkewWords group={group} />
                </span>
              </p>
              <DomainBars group={group} limit={6} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
