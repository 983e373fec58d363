import { request } from 'node:https'
import { type KubectlDialect, kubectlDialect } from '../../domain/health/kubectl-dialect.ts'
import { podStatus, restartsText } from '../../domain/health/pod-status.ts'
import type { Pod } from '../../domain/model/pod.ts'
import { readClusterObject } from '../../domain/read/cluster-object.ts'
import { Interner } from '../../domain/read/interner.ts'

export interface OracleOptions {
  /** For example https://127.0.0.1:16443; its certificate isn't checked. */
  readonly server: string
  readonly token: string
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
  const { gitVersion } = (await getJson(options, '/version', 'application/json')) as { gitVersion: string }
  const dialect = kubectlDialect(gitVersion)
  const path = options.namespace ? `/api/v1/namespaces/${options.namespace}/pods` : '/api/v1/pods'
  const asked = Date.now()
  const table = (await getJson(
    options,
    `${path}?includeObject=Object`,
    'application/json;as=Table;v=v1;g=meta.k8s.io',
  )) as Table
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

function getJson({ server, token }: OracleOptions, path: string, accept: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const asking = request(
      `${server}${path}`,
      { rejectUnauthorized: false, headers: { authorization: `Bearer ${token}`, accept } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const body = Buffer.concat(chunks).toString('utf8')
          if (response.statusCode !== 200) reject(new Error(`${path} answered ${response.statusCode}: ${body}`))
          else resolve(JSON.parse(body))
        })
      },
    )
    asking.on('error', reject)
    asking.end()
  })
}
