import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isStartedAgain, podContainers } from '../../../domain/health/pod-container.ts'
import { restartPolicyWords } from '../../../domain/health/restart-policy-words.ts'
import { madePod } from './made-pod.ts'

/** KEP-5307; ContainerShouldRestart in k/k pkg/kubelet/container/helpers.go. */
const rule = (operator: string, values: readonly number[], action = 'Restart') => ({
  action,
  exitCodes: { operator, values },
})

const cases: readonly [policy: string, rules: readonly object[], code: number, again: boolean][] = [
  ['Always', [], 0, true],
  ['OnFailure', [], 0, false],
  ['OnFailure', [], 1, true],
  ['Never', [], 1, false],
  ['Never', [rule('In', [42, 43])], 42, true],
  ['Never', [rule('In', [42, 43])], 1, false],
  ['Never', [rule('NotIn', [0])], 7, true],
  ['Never', [rule('NotIn', [0])], 0, false],
  ['Never', [rule('In', [88], 'RestartAllContainers')], 88, true],
  ['Never', [rule('In', [1], 'Unheard')], 1, false],
  ['Never', [{}], 1, false],
]

for (const [policy, restartPolicyRules, code, again] of cases) {
  test(`${policy} with ${JSON.stringify(restartPolicyRules)}: exit code ${code}`, () => {
    const pod = madePod({
      spec: { restartPolicy: 'Always' },
      main: [{ spec: { restartPolicy: policy, restartPolicyRules } }],
    })
    const [container] = podContainers(pod)
    assert.ok(container)
    assert.equal(isStartedAgain(container, code), again)
  })
}

test('the policy in words', () => {
  assert.equal(restartPolicyWords('Always', []), 'Started again whenever it ends.')
  assert.equal(
    restartPolicyWords('Never', [
      { action: 'Restart', operator: 'In', values: [42, 43, 44] },
      { action: 'RestartAllContainers', operator: 'NotIn', values: [0] },
      { action: 'Restart', operator: 'Novel', values: [1] },
    ]),
    'Not started again, but exit code 42, 43 or 44 starts it again, any exit code but 0 restarts all containers of the pod.',
  )
})
