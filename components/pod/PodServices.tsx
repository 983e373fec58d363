import type { ReactNode } from 'react'
import type { Severity } from '../../domain/health/severity.ts'
import type { ServiceDetail, ServiceOfPod } from '../../domain/live/protocol.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { KindNote } from '../live/KindNote.tsx'
import { countText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'

/** Services whose selector picks this pod, whether they send it anything, and what they have left. */
export function PodServices({ services }: { readonly services: readonly ServiceOfPod[] }) {
  return (
    <ServicesPanel
      services={services}
      none="No Service picks this pod."
      look={(service) => (service.ready === true ? 'ok' : 'warning')}
      words={(service) => <PodInService service={service} />}
    />
  )
}

/** Services with their ready addresses; outages stand out. */
export function ServicesPanel<T extends ServiceDetail>({
  services,
  none,
  look,
  words,
}: {
  readonly services: readonly T[]
  readonly none: string
  readonly look: (service: T) => Severity
  readonly words: (service: T) => ReactNode
}) {
  const outages = services.filter(({ outage }) => outage).length
  return (
    <Panel
      title="Services"
      count={outages > 0 ? countText(outages, 'outage') : undefined}
      bodyClassName="flex flex-col gap-2.5 px-4 pb-4"
    >
      <KindNote kind="Service" without="which Services pick this isn’t known." />
      <KindNote kind="EndpointSlice" without="which addresses are ready isn’t known." />
      {services.length === 0 ? (
        <p className="text-ink-3 text-sm">{none}</p>
      ) : (
        <ul className="flex flex-col gap-2.5 text-sm">
          {services.map((service) => (
            <li
              key={service.name}
              data-severity={service.outage ? 'error' : look(service)}
              className={service.outage ? '-mx-2 rounded-md border border-s-line bg-s-soft p-2' : ''}
            >
              <div className="flex gap-2">
                <span className="pt-px">
                  <SeverityGlyph severity={service.outage ? 'error' : look(service)} label={false} size="0.9375rem" />
                </span>
                <div className="min-w-0 flex-1">
                  <p className="flex flex-wrap items-baseline gap-x-2">
                    <Words text={service.name} className="font-semibold" />
                    {service.outage && <strong className="font-semibold text-s">Outage: no ready address</strong>}
                    <span className="ml-auto text-ink-2">
                      {service.readyAddresses} of {service.addresses} ready
                    </span>
                  </p>
                  <AddressBar service={service} />
                  <div className="text-ink-2">{words(service)}</div>
                </div>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

const cellsAtMost = 24

/** An address a cell, those that are ready filled; many of them as one bar. */
function AddressBar({ service: { addresses, readyAddresses } }: { readonly service: ServiceDetail }) {
  if (addresses === 0) return null
  if (addresses > cellsAtMost) {
    return (
      <span aria-hidden="true" className="my-1 block h-1.5 overflow-hidden rounded-full bg-sunken">
        <span className="block h-full bg-ok-fill" style={{ width: `${(100 * readyAddresses) / addresses}%` }} />
      </span>
    )
  }
  return (
    <span aria-hidden="true" className="my-1 flex gap-0.5">
      {Array.from({ length: addresses }, (_, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity
          key={index}
          className={`h-1.5 max-w-8 flex-1 rounded-full ${index < readyAddresses ? 'bg-ok-fill' : 'bg-line-strong'}`}
        />
      ))}
    </span>
  )
}

function PodInService({ service: { ready, since, publishNotReadyAddresses } }: { readonly service: ServiceOfPod }) {
  const when = since !== null && (
    <>
      {' '}
      for <Age at={since} />
    </>
  )
  if (ready === true) return <p>Sends traffic here{when}.</p>
  if (ready === null) return <p>Sends nothing here: this pod is none of its endpoints.</p>
  if (publishNotReadyAddresses) return <p>Publishes this pod although it isn’t ready{when}.</p>
  return <p>Has taken this pod out: not ready{when}.</p>
}
