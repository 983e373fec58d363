import type { RestartRule } from '../model/pod-spec.ts'

const after: Readonly<Record<'Always' | 'OnFailure' | 'Never', string>> = {
  Always: 'Started again whenever it ends',
  OnFailure: 'Started again when it ends with another exit code than 0',
  Never: 'Not started again',
}

/** When a container is started again after its end, in a sentence; rules go before the policy (1.34 on). */
export function restartPolicyWords(policy: 'Always' | 'OnFailure' | 'Never', rules: readonly RestartRule[]): string {
  const told = rules.flatMap(({ action, operator, values }) => {
    if (values.length === 0 || (operator !== 'In' && operator !== 'NotIn')) return []
    const codes = operator === 'In' ? `exit code ${either(values)}` : `any exit code but ${either(values)}`
    return action === 'RestartAllContainers'
      ? `${codes} restarts all containers of the pod`
      : `${codes} starts it again`
  })
  return told.length === 0 ? `${after[policy]}.` : `${after[policy]}, but ${told.join(', ')}.`
}

function either(values: readonly number[]): string {
  const [last, ...others] = values.toReversed()
  return others.length === 0 ? String(last) : `${others.toReversed().join(', ')} or ${last}`
}
