import Link from 'next/link'
import type { PlacementGroup } from '../../domain/live/protocol.ts'
import { podsAddress } from '../kube/addresses.ts'
import { DomainBars } from '../kube/DomainBars.tsx'
import { topologyWord } from '../kube/topology-key.ts'
import { Words } from '../kube/Words.tsx'
import { countText, numberText } from '../ui/count-text.ts'
import { whatIfAddress } from '../what-if/what-if-url.ts'
import { Healing } from './Healing.tsx'
import { SkewHistory } from './SkewHistory.tsx'

const rowsUnfolded = 24
const namedDomains = 12

/** One constraint unfolded: its domains, what would mend it, and how its skew has been. */
export function PlacementDetail({ group }: { readonly group: PlacementGroup }) {
  const { namespace, workload, topologyKey, maxSkew } = group
  const isControlled = workload.kind !== 'Pod'
  return (
    <div className="flex flex-col gap-5 px-4 pb-5 sm:pl-13">
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-3">
          <div>
            <h2 className="caption mb-1.5">Pods by {topologyWord(topologyKey)}</h2>
            <DomainBars group={group} limit={rowsUnfolded} />
            <p className="mt-1.5 text-ink-3 text-xs">
              The shaded band is what the constraint allows now: from the emptiest domain’s count up to maxSkew more.
            </p>
          </div>
          {group.excludedDomains.length > 0 && (
            <div>
              <h2 className="caption mb-1">Domains that don’t count: none of their nodes would take these pods</h2>
              <ul className="flex flex-wrap gap-1.5 text-xs">
                {group.excludedDomains.slice(0, namedDomains).map(({ value, count }) => (
                  <li
                    key={value}
                    className="rounded-sm border border-line-strong border-dashed px-1.5 py-0.5 text-ink-2"
                  >
                    <Words text={value} /> <span className="font-semibold">{count}</span>
                  </li>
                ))}
                {group.excludedDomains.length > namedDomains && (
                  <li className="py-0.5 text-ink-3">and {group.excludedDomains.length - namedDomains} more</li>
                )}
              </ul>
            </div>
          )}
          {group.healing && <Healing healing={group.healing} />}
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <Facts group={group} />
          {isControlled && (
            <p className="flex flex-wrap gap-2">
              <Link
                href={whatIfAddress({
                  spread: [{ namespace, ...workload, topologyKey, maxSkew: maxSkew + 1, whenUnsatisfiable: null }],
                })}
                prefetch={false}
                className="field inline-flex items-center px-2.5 font-medium"
              >
                What if maxSkew {maxSkew + 1}?
              </Link>
              <Link
                href={whatIfAddress({ scale: [{ namespace, ...workload, replicas: group.pods + 1 }] })}
                prefetch={false}
                className="field inline-flex items-center px-2.5 font-medium"
              >
                What if it is scaled?
              </Link>
            </p>
          )}
        </div>
      </div>
      <SkewHistory namespace={namespace} workload={workload} group={group.id} />
    </div>
  )
}

function Facts({ group }: { readonly group: PlacementGroup }) {
  return (
    <dl
      className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm"
      data-severity={group.violated ? 'warning' : 'ok'}
    >
      <Fact name="Topology key">
        <Words text={group.topologyKey} />
      </Fact>
      <Fact name="Eligible domains">{countText(group.domainCount, 'domain')}</Fact>
      <Fact name="minDomains">{group.minDomains ?? 'not set'}</Fact>
      <Fact name="Global minimum">{countText(group.globalMinimum, 'pod')}</Fact>
      <Fact name="Skew">
        <strong className={group.violated ? 'text-s' : 'font-semibold'}>{group.skew}</strong>, maxSkew {group.maxSkew}
      </Fact>
      {group.surplusPods > 0 && (
        <Fact name="Too many">
          <strong className="text-s">{countText(group.surplusPods, 'pod')}</strong>:{' '}
          {group.surplus.slice(0, 4).map(({ value, pods }, index) => (
            <span key={value}>
              {index > 0 && ', '}
              {numberText(pods)} in <Words text={value} />
            </span>
          ))}
          {group.surplus.length > 4 && ' and others'}
        </Fact>
      )}
      <Fact name="Next pod may go to">
        {group.nextPodDomainCount === 0 ? (
          <span className="font-semibold">no domain</span>
        ) : group.nextPodDomainCount === group.domainCount && group.domainCount > 3 ? (
          'any of them'
        ) : (
          <>
            {group.nextPodDomains.slice(0, 6).map((value, index) => (
              <span key={value}>
                {index > 0 && ', '}
                <Words text={value} />
              </span>
            ))}
            {group.nextPodDomainCount > 6 && ` and ${numberText(group.nextPodDomainCount - 6)} more`}
          </>
        )}
      </Fact>
      <Fact name="Pods with it">
        <Link
          href={podsAddress({ namespace: group.namespace, text: group.workload.name })}
          prefetch={false}
          className="link"
        >
          {countText(group.pods, 'pod')}
        </Link>
      </Fact>
      {group.revision !== '' && (
        <Fact name="Revision">
          <Words text={group.revision} />
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}
