import type { Pod } from '../model/pod.ts'
import type { Service } from '../model/service.ts'
import { conditionEvidence } from './evidence.ts'
import { kubectl } from './kubectl-command.ts'
import type { EndpointCounts } from './service-endpoints.ts'
import { advise, fact, type Told } from './story-context.ts'

/** A Service without a ready address. */
export function serviceStory(service: Service, endpoints: EndpointCounts, pods: readonly Pod[]): Told {
  const { namespace, name, selector } = service
  const pairs = Object.entries(selector ?? {}).map(([key, value]) => `${key}=${value}`)
  const at = ['-n', namespace]
  return {
    evidence: [
      endpoints.source === 'slices'
        ? fact(
            'status',
            `EndpointSlices of Service ${name}`,
            `${endpoints.readyAddresses} of ${endpoints.addresses} addresses ready`,
          )
        : fact('status', `EndpointSlices of Service ${name}`, 'None can be read: told from its pods’ conditions'),
      fact('spec', 'spec.selector', pairs.join(',')),
      ...pods
        .slice(0, 3)
        .flatMap((pod) =>
          conditionEvidence(pod, 'Ready').map((each) => ({ ...each, path: `${each.path} of ${pod.name}` })),
        ),
    ],
    next: {
      text:
        service.clusterIP === 'None'
          ? 'DNS gives an address again as soon as one of its pods is ready'
          : 'kube-proxy sends traffic again as soon as one of its pods is ready',
      at: null,
    },
    advice: [
      advise('See its addresses', kubectl('get', 'endpointslices', ...at, '-l', `kubernetes.io/service-name=${name}`)),
      advise('See its pods', kubectl('get', 'pods', ...at, '-l', pairs.join(','), '-o', 'wide')),
      advise('What keeps these pods from being ready is told as a problem of its own'),
    ],
  }
}
