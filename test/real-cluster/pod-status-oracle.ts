import { type KubectlDialect, kubectlDialect } from '../../domain/health/kubectl-dialect.ts'
import { podStatus, restartsText } from '../../domain/health/pod-status.ts'
import type { Pod } from '../../domain/model/pod.ts'
import { readClusterObject } from '../../domain/read/cluster-object.ts'
import { Interner } from '../../domain/read/interner.ts'
import { type ApiAccess, apiJson } from './api-json.ts'

export interface OracleOptions extends ApiAccess {
  /** Empty: all namespaces. */
  readonly namespace?: string
}

export interface OracleAnswer {
  readonly pods: number
  /** The different rows "READY STATUS RESTARTS" that the server printed. */
  readonly rows: ReadonlySet<string>
  /** One sentence for each pod of which Plumbline says something else than the server. */
  readonly disagreements: readonly string[]
}

/**
 * Compares podStatus with what the API server itself prints for `kubectl get pods`: the cells of a
 * Table whose rows carry their objects, so that both come from one version of each pod.
 */
export async function askPodStatusOracle(options: OracleOptions): Promise<OracleAnswer> {
  const { gitVersion } = (await apiJson(options, { path: '/version' })) as { gitVersion: string }
  const dialect = kubectlDialect(gitVersion)
  const path = options.namespace ? `/api/v1/namespaces/${options.namespace}/pods` : '/api/v1/pods'
  const asked = Date.now()
  const table = (await apiJson(options, {
    path: `${path}?includeObject=Object`,
    accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
  })) as Table
  const answered = Date.now()
  const column = (name: string) => table.columnDefinitions.findIndex((each) => each.name === name)
  const [ready, status, restarts] = [column('Ready'), column('Status'), column('Restarts')]
  const interner = new Interner()
  const rows = new Set<string>()
  const disagreements: string[] = []
  for (const { cells, object } of table.rows ?? []) {
    const pod = readClusterObject('Pod', object, interner) as Pod
    const theirs = `${cells[ready]} ${cells[status]} ${cells[restarts]}`
    rows.add(theirs)
    // The server took its own "now" somewhere between question and answer, on its own clock.
    const ours = new Set<string>()
    for (let now = asked - 1_000; now <= answered + 1_000; now += 500) ours.add(printed(pod, dialect, now))
    if (!ours.has(theirs)) {
      disagreements.push(`${pod.namespace}/${pod.name}: Plumbline ${[...ours].join(' or ')}, server ${theirs}`)
    }
  }
  return { pods: table.rows?.length ?? 0, rows, disagreements }
}

interface Table {
  readonly columnDefinitions: readonly { readonly name: string }[]
  readonly rows: readonly { readonly cells: readonly unknown[]; readonly object: unknown }[] | null
}

function printed(pod: Pod, dialect: KubectlDialect, now: number): string {
  const found = podStatus(pod, dialect)
  return `${found.ready}/${found.total} ${found.status} ${restartsText(found, dialect, now)}`
}
