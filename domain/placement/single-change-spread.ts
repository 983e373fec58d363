import type { Pod } from '../model/pod.ts'
import { feasibleRooms, tryChange } from './change-try.ts'
import { withConstraint } from './changed-pod.ts'
import type { SchedulerRules } from './scheduler-rules.ts'
import type { SchedulingView } from './scheduling-view.ts'
import type { SingleChange } from './single-change.ts'
import { SpreadFilter } from './spread-filter.ts'

/** A constraint that allows more, or asks instead of demanding. */
export function* spreadChanges(pod: Pod, view: SchedulingView, rules: SchedulerRules): Generator<SingleChange | null> {
  const { topologySpreadConstraints } = pod.spec
  for (const [index, constraint] of topologySpreadConstraints.entries()) {
    if (constraint.whenUnsatisfiable !== 'DoNotSchedule') continue
    const { topologyKey, maxSkew, minDomains } = constraint
    const name = `the constraint over ${topologyKey}`
    const soft = withConstraint(pod, index, { ...constraint, whenUnsatisfiable: 'ScheduleAnyway' })
    const rooms = feasibleRooms(soft, view, rules)
    const [first] = rooms
    yield first
      ? {
          kind: 'spread',
          text: `Let ${name} be ScheduleAnyway`,
          nodes: rooms.length,
          node: first.node.name,
        }
      : null
    // Where even that doesn't help, less won't.
    if (!first) continue
    const counted = new SpreadFilter(pod, view, rules).constraints.find((each) => each.constraint === constraint)
    const needed = rooms.flatMap(({ node }) => {
      const domain = node.labels[topologyKey]
      return domain === undefined || !counted ? [] : counted.skewWith(domain)
    })
    const least = needed.length === 0 ? maxSkew : needed.reduce((a, b) => Math.min(a, b))
    if (least > maxSkew) {
      const found = tryChange(withConstraint(pod, index, { ...constraint, maxSkew: least }), view, rules)
      yield found && { kind: 'spread', text: `Raise maxSkew of ${name} from ${maxSkew} to ${least}`, ...found }
    }
    if ((minDomains ?? 1) > 1) {
      const found = tryChange(withConstraint(pod, index, { ...constraint, minDomains: null }), view, rules)
      yield found && { kind: 'spread', text: `Drop minDomains ${minDomains} from ${name}`, ...found }
    }
    if (constraint.nodeTaintsPolicy !== 'Honor' && rules.hasInclusionPolicies) {
      const found = tryChange(withConstraint(pod, index, { ...constraint, nodeTaintsPolicy: 'Honor' }), view, rules)
      const text = `Set nodeTaintsPolicy of ${name} to Honor, so that nodes it can’t use don’t count`
      yield found && { kind: 'spread', text, ...found }
    }
  }
}
