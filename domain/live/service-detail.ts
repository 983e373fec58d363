import type { ServiceState } from '../analysis/service-states.ts'
import type { ServiceDetail } from './protocol.ts'

/** A Service as pods and workloads show it. */
export function serviceDetail({ service, endpoints, outage }: ServiceState): ServiceDetail {
  return {
    name: service.name,
    readyAddresses: endpoints.readyAddresses,
    addresses: endpoints.addresses,
    outage: outage !== null,
  }
}
