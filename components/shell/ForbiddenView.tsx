'use client'

import { clusterRoleYaml, neededPermissions } from '../kube/cluster-role.ts'
import { PlumbMark } from '../kube/PlumbMark.tsx'
import { Words } from '../kube/Words.tsx'
import { useStatus } from '../live/use-status.ts'
import { CodeBlock } from '../ui/CodeBlock.tsx'

/** Instead of any view when the credentials may read nothing: what is missing and how to grant it. */
export function ForbiddenView() {
  const status = useStatus()
  if (!status) return null
  const refused = status.kinds.filter((kind) => kind.state === 'forbidden')
  return (
    <div className="mx-auto grid max-w-5xl gap-8 py-6 md:grid-cols-2">
      <div>
        <PlumbMark severity="error" className="mb-4 h-24" faint />
        <h1 className="font-semibold text-2xl tracking-tight">Plumbline may not read this cluster</h1>
        <p className="mt-3 text-ink-2">
          The API server knows the credentials but RBAC grants them nothing that Plumbline needs. Nothing can be shown,
          and nothing here means that all is well. As soon as the role is bound, this page goes away by itself.
        </p>
        <h2 className="mt-6 mb-2 font-semibold">What the API server refused</h2>
        <ul className="divide-y divide-line border-line border-y text-sm">
          {refused.map((kind) => (
            <li key={kind.kind} className="py-2">
              <span className="font-semibold">{kind.kind}</span>
              {kind.message !== '' && <Words text={kind.message} className="block text-ink-2" />}
            </li>
          ))}
          {refused.length === 0 && <li className="py-2 text-ink-2">It didn’t say which kinds.</li>}
        </ul>
      </div>
      <div className="min-w-0">
        <h2 className="mb-2 font-semibold">The role to add</h2>
        <CodeBlock text={clusterRoleYaml(neededPermissions)} label="kubectl apply -f -" />
      </div>
    </div>
  )
}
