import { groupSubjectWords } from '../../domain/health/group-subject.ts'
import { humanDuration } from '../../domain/health/human-duration.ts'
import { restartsText } from '../../domain/health/pod-status.ts'
import type { ProblemGroup } from '../../domain/health/problem.ts'
import type { PodRow } from '../../domain/live/pod-row.ts'
import type { AffinityStanding } from '../../domain/placement/affinity-audit.ts'
import type { PendingPod } from '../../domain/placement/pending-pod.ts'
import { analysisRules } from '../analysis-rules.ts'
import { type CheckedCluster, instant } from './checked-cluster.ts'

/** The check's findings for people: problems, pods that aren't well, violated spread constraints. */
export function checkTable(checked: CheckedCluster): string {
  const { problems, pods, placement, notes } = checked
  const unwell = pods.filter(({ severity }) => severity === 'error' || severity === 'warning')
  const violated = placement.filter((group) => group.violated)
  const broken = checked.affinity.filter((standing) => standing.broken.length > 0)
  const atRisk = checked.risks.filter(({ risk }) => risk !== null)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  return [
    ...(problems.length > 0 ? ['PROBLEMS', ...problems.flatMap((group) => problemLines(group, checked)), ''] : []),
    ...(unwell.length > 0 ? ['PODS THAT AREN’T WELL', ...podLines(unwell, checked), ''] : []),
    ...(violated.length > 0 ? ['VIOLATED SPREAD CONSTRAINTS', ...spreadLines(violated), ''] : []),
    ...(checked.pending.length > 0 ? ['PENDING PODS', ...checked.pending.flatMap(pendingLines), ''] : []),
    ...(broken.length > 0 ? ['RULES THAT NO LONGER HOLD', ...broken.flatMap(brokenLines), ''] : []),
    ...(atRisk.length > 0 ? ['WORKLOADS IN ONE PLACE', ...riskLines(atRisk), ''] : []),
    `${counted(errors, 'error')}, ${counted(warnings, 'warning')}, ${unwell.length} of ${counted(pods.length, 'pod')} not well, ${counted(violated.length, 'violated spread constraint')}`,
    ...notes.map((note) => `note: ${note}`),
    '',
  ]
    .map(printable)
    .join('\n')
}

function problemLines(group: ProblemGroup, { observedAt }: CheckedCluster): readonly string[] {
  const { severity, title, detail, since, next, advice, rollout, affects } = group
  const told = [
    detail,
    rollout &&
      `revision ${rollout.revision} of ${rollout.kind} ${rollout.name} began it at ${instant(rollout.at)}${rollout.images.map(({ container, from, to }) => `; image of ${container}: ${from} → ${to}`).join('')}; ${counted(rollout.before.readyPods, 'pod')} of revision ${rollout.before.revision} still ready`,
    affects.services.length > 0 && affects.pods > 0 && `Services: ${affects.services.join(', ')}`,
    next && `next: ${next.text}${next.at === null ? '' : ` (${instant(next.at)})`}`,
    advice.find(({ command }) => command !== null)?.command,
  ]
  return [
    `  ${severity.padEnd(7)}  ${humanDuration(observedAt - since).padStart(5)}  ${title}: ${groupSubjectWords(group)}`,
    ...told.flatMap((line) => (line ? [`                  ${line}`] : [])),
  ]
}

function podLines(rows: readonly PodRow[], { observedAt, serverVersion }: CheckedCluster): readonly string[] {
  const { dialect } = analysisRules(serverVersion)
  return columns([
    ['NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'NODE'],
    ...rows.map((row) => [
      row.namespace,
      row.name,
      row.ready,
      row.status,
      restartsText(row, dialect, observedAt),
      humanDuration(observedAt - row.createdAt),
      row.node ?? '<none>',
    ]),
  ])
}

function spreadLines(groups: CheckedCluster['placement']): readonly string[] {
  return columns([
    ['NAMESPACE', 'WORKLOAD', 'TOPOLOGY KEY', 'MAX SKEW', 'SKEW', 'WHEN UNSATISFIABLE'],
    ...groups.map((group) => [
      group.namespace,
      `${group.workload.kind}/${group.workload.name}`,
      group.topologyKey,
      String(group.maxSkew),
      String(group.skew),
      group.whenUnsatisfiable,
    ]),
  ])
}

function pendingLines({ namespace, name, state, explanation }: PendingPod): readonly string[] {
  const changes = explanation?.changes ?? []
  return [
    `  ${namespace}/${name}  ${state}${explanation ? `: ${explanation.message}` : ''}`,
    ...changes.map(({ text }) => `    would fit: ${text}`),
  ]
}

function brokenLines({ namespace, workload, broken }: AffinityStanding): readonly string[] {
  return broken.map(
    ({ words, pods, effect }) =>
      `  ${namespace}/${workload.kind}/${workload.name}  ${words}: ${counted(pods, 'pod')}${effect === 'evicts' ? ', which it evicts' : ''}`,
  )
}

function riskLines(risks: CheckedCluster['risks']): readonly string[] {
  return columns([
    ['NAMESPACE', 'WORKLOAD', 'PODS', 'ALL IN'],
    ...risks.map(({ namespace, workload, pods, risk }) => [
      namespace,
      `${workload.kind}/${workload.name}`,
      String(pods),
      `${risk?.kind === 'one-zone' ? 'zone' : 'node'} ${risk?.domain}`,
    ]),
  ])
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, index) => Math.max(cell.length, most[index] ?? 0)),
    [],
  )
  return rows.map((row) => `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd())
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}

/** What a container wrote must not steer the terminal on which it is read. */
function printable(line: string): string {
  return line.replace(/\p{Cc}/gu, ' ')
}
