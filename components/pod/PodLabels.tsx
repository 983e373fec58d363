import type { PodDetail } from '../../domain/live/protocol.ts'
import { Words } from '../kube/Words.tsx'
import { Panel } from '../ui/Panel.tsx'

export function PodLabels({ pod }: { readonly pod: PodDetail }) {
  return (
    <Panel title="Labels" count={pod.labels.length}>
      <dl className="mb-3 grid grid-cols-[5.5rem_minmax(0,1fr)] gap-y-0.5 text-sm sm:hidden">
        <dt className="text-ink-3">Pod IP</dt>
        <dd>
          <Words text={pod.podIP === '' ? 'none' : pod.podIP} />
        </dd>
        <dt className="text-ink-3">QoS class</dt>
        <dd>
          <Words text={pod.qosClass === '' ? 'unknown' : pod.qosClass} />
        </dd>
        <dt className="text-ink-3">Kubelet</dt>
        <dd>
          <Words text={pod.kubeletVersion === '' ? 'unknown' : pod.kubeletVersion} />
        </dd>
      </dl>
      {pod.labels.length === 0 ? (
        <p className="text-ink-3 text-sm">None.</p>
      ) : (
        <ul className="flex flex-wrap gap-1.5 text-xs">
          {pod.labels.map(([key, value]) => (
            <li key={key} className="max-w-full rounded-sm border border-line bg-canvas px-1.5 py-0.5">
              <Words text={key} className="text-ink-3" />
              <span className="text-ink-3">=</span>
              <Words text={value} className="font-medium" />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
