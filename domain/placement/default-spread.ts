import { z } from 'zod'
import type { LabelSelector, LabelSelectorRequirement, Labels } from '../model/labels.ts'
import type { TopologySpreadConstraint } from '../model/pod-spec.ts'

/** A constraint of the scheduler's configuration (PodTopologySpreadArgs.defaultConstraints). */
export type DefaultConstraint = Pick<TopologySpreadConstraint, 'maxSkew' | 'topologyKey' | 'whenUnsatisfiable'>

/**
 * What the scheduler applies to pods without any constraint of their own. Its configuration can't be
 * read by the API: unless Plumbline is told, this is an assumption.
 */
export interface DefaultSpread {
  /** How it was given: `system`, `none` or `list`. */
  readonly source: 'system' | 'none' | 'list'
  readonly constraints: readonly DefaultConstraint[]
}

/** podtopologyspread/plugin.go systemDefaultConstraints, on by default since 1.20: they only ever score. */
export const systemDefaultSpread: DefaultSpread = {
  source: 'system',
  constraints: [
    { maxSkew: 3, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
    { maxSkew: 5, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
  ],
}

export const noDefaultSpread: DefaultSpread = { source: 'none', constraints: [] }

const listSchema = z
  .array(
    z.strictObject({
      maxSkew: z.number().int().min(1),
      topologyKey: z.string().min(1).max(317),
      whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']),
    }),
  )
  .max(20)

/**
 * Reads the option: `system`, `none`, or defaultConstraints as the scheduler's configuration has
 * them, in JSON.
 * @throws Error that says what is wrong
 */
export function parseDefaultSpread(text: string): DefaultSpread {
  if (text === 'system') return systemDefaultSpread
  if (text === 'none') return noDefaultSpread
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error('is neither system nor none nor a JSON list of constraints')
  }
  const parsed = listSchema.safeParse(json)
  if (parsed.success) return { source: 'list', constraints: parsed.data }
  const [issue] = parsed.error.issues
  throw new Error(`${issue?.path.join('.') || 'the list'}: ${issue?.message ?? 'is wrong'}`)
}

/**
 * Which pods count for a pod's default constraints: those that every Service that picks the pod picks,
 * and its ReplicaSet or StatefulSet besides (k/k pkg/scheduler/framework/plugins/helper/spread.go
 * DefaultSelector). Null: nothing selects it, so no default applies.
 * @param services selectors of the namespace's Services
 * @param owner selector of the controlling ReplicaSet or StatefulSet; null without
 */
export function defaultSelector(
  labels: Labels,
  services: readonly (Labels | null)[],
  owner: LabelSelector | null,
): LabelSelector | null {
  const matchLabels: Record<string, string | undefined> = Object.create(null)
  const matchExpressions: LabelSelectorRequirement[] = [...(owner?.matchExpressions ?? [])]
  let any = owner !== null
  for (const selector of services) {
    if (!selector) continue
    const keys = Object.keys(selector)
    if (!keys.every((key) => labels[key] === selector[key])) continue
    any ||= keys.length > 0
    for (const key of keys) matchLabels[key] = selector[key]
  }
  for (const key in owner?.matchLabels ?? {}) {
    matchExpressions.push({ key, operator: 'In', values: [owner?.matchLabels[key] ?? ''] })
  }
  return any ? { matchLabels, matchExpressions } : null
}

export function withSelector(
  { constraints }: DefaultSpread,
  labelSelector: LabelSelector,
): readonly TopologySpreadConstraint[] {
  return constraints.map((constraint) => ({
    ...constraint,
    labelSelector,
    minDomains: null,
    nodeAffinityPolicy: null,
    nodeTaintsPolicy: null,
    matchLabelKeys: [],
  }))
}
