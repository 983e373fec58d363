import type { Severity } from '../../domain/health/severity.ts'
import type { PodDetail } from '../../domain/live/protocol.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { countText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'

type ServiceOfPod = PodDetail['services'][number]

/** Services whose selector picks this pod, and whether they send it anything. */
export function PodServices({ services }: { readonly services: readonly ServiceOfPod[] }) {
  return (
    <Panel title="Services">
      {services.length === 0 ? (
        <p className="text-ink-3 text-sm">No Service picks this pod.</p>
      ) : (
        <ul className="flex flex-col gap-2 text-sm">
          {services.map((service) => (
            <li key={service.name} className="flex gap-2">
              <span className="pt-px">
                <SeverityGlyph severity={look(service)} label={false} size="0.9375rem" />
              </span>
              <div className="min-w-0">
                <Words text={service.name} className="font-medium" />
                <p className="text-ink-2">
                  {words(service)} {service.readyAddresses} of {countText(service.addresses, 'endpoint')} ready.
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function look(service: ServiceOfPod): Severity {
  if (service.readyAddresses === 0) return 'error'
  return service.ready === true ? 'ok' : 'warning'
}

function words(service: ServiceOfPod): string {
  if (service.ready === true) return 'It sends traffic here.'
  if (service.ready === false) return 'It sends nothing here: this endpoint isn’t ready.'
  return 'It sends nothing here: this pod is none of its endpoints.'
}
