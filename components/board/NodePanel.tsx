'use client'

import Link from 'next/link'
import { podAddress, podsAddress } from '../kube/addresses.ts'
import { SeverityBar } from '../kube/SeverityBar.tsx'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { countText } from '../ui/count-text.ts'
import { SkeletonRows } from '../ui/Skeleton.tsx'
import { whatIfAddress } from '../what-if/what-if-url.ts'
import { useNodeDetail } from './use-node-detail.ts'

const shownPods = 60

/** One node: its state, its pods by name, and the question what its loss would do. @param pod the chosen one's place */
export function NodePanel({ name, pod }: { readonly name: string; readonly pod: number | null }) {
  const node = useNodeDetail(name)
  return (
    <section
      aria-label={`Node ${name}`}
      data-severity={node?.exists && !node.ready ? 'error' : 'none'}
      className="panel flex flex-col gap-3 p-4"
    >
      <div>
        <p className="caption">Node{node?.zone ? ` in ${node.zone}` : ''}</p>
        <h2 className="font-semibold text-lg">
          <Words text={name} />
        </h2>
      </div>
      {!node ? (
        <SkeletonRows rows={8} label="Its pods are on their way" />
      ) : (
        <>
          {node.exists && !node.ready && (
            <p className="flex items-center gap-1.5 font-bold text-s text-sm">
              <SeverityGlyph severity="error" label={false} size="0.875rem" /> NotReady
            </p>
          )}
          {!node.exists && (
            <p className="text-ink-2 text-sm">Pods name it, but there is no such Node that can be read.</p>
          )}
          <SeverityBar counts={node.counts} className="h-2" />
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
            <dt className="text-ink-3">Pods</dt>
            <dd>
              <strong className="font-semibold">{node.pods.length}</strong>
              {node.podCapacity !== null && <span className="text-ink-2"> of {node.podCapacity}</span>}
            </dd>
            {node.kubeletVersion !== '' && (
              <>
                <dt className="text-ink-3">Kubelet</dt>
                <dd>
                  <Words text={node.kubeletVersion} />
                </dd>
              </>
            )}
            {node.cordoned && (
              <>
                <dt className="text-ink-3">Scheduling</dt>
                <dd className="font-semibold">cordoned: takes no new pods</dd>
              </>
            )}
            {node.taints.length > 0 && (
              <>
                <dt className="text-ink-3">Taints</dt>
                <dd>
                  {node.taints.map((taint) => (
                    <Words key={taint} text={taint} className="block font-mono text-xs" />
                  ))}
                </dd>
              </>
            )}
          </dl>
          {node.exists && (
            <Link
              href={whatIfAddress({ nodes: [name] })}
              prefetch={false}
              className="field grid place-items-center font-medium"
            >
              What if it is lost?
            </Link>
          )}
          {node.pods.length > 0 && (
            <ul className="-mx-4 divide-y divide-line border-line border-y">
              {node.pods.slice(0, shownPods).map((each, index) => (
                <li
                  key={each.uid}
                  data-severity={each.severity}
                  aria-current={index === pod ? 'true' : undefined}
                  className="relative flex items-center gap-2 px-4 py-1.5 text-sm hover:bg-sunken/60 aria-[current]:bg-accent-soft"
                >
                  <SeverityGlyph severity={each.severity} size="0.8125rem" />
                  <Link
                    href={podAddress(each.namespace, each.name)}
                    prefetch={false}
                    className="min-w-0 flex-1 after:absolute after:inset-0 hover:text-accent"
                  >
                    <Words text={each.name} clip className="font-medium" />
                    <Words text={each.namespace} clip className="text-ink-3 text-xs" />
                  </Link>
                  <Words
                    text={each.status}
                    className={each.severity === 'ok' ? 'text-ink-3 text-xs' : 'font-semibold text-s text-xs'}
                  />
                </li>
              ))}
            </ul>
          )}
          <Link href={podsAddress({ text: name })} prefetch={false} className="link text-sm">
            {countText(node.pods.length, 'pod')} in the table
          </Link>
        </>
      )}
    </section>
  )
}
