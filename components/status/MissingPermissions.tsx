import type { ServerStatus } from '../../domain/live/protocol.ts'
import { rulesYaml } from '../kube/cluster-role.ts'
import { CodeBlock } from '../ui/CodeBlock.tsx'
import { Panel } from '../ui/Panel.tsx'

/** What RBAC refuses, as the rule to add. Not drawn while nothing is missing. */
export function MissingPermissions({ missing }: { readonly missing: ServerStatus['missingPermissions'] }) {
  if (missing.length === 0) return null
  return (
    <Panel title="Missing permissions" count={missing.length}>
      <p className="mb-3 text-ink-2 text-sm">
        RBAC refuses these. Views that need them are incomplete. Add this to the rules of the ClusterRole that Plumbline
        uses; it notices by itself.
      </p>
      <CodeBlock text={rulesYaml(missing)} label="rules:" />
    </Panel>
  )
}
