import assert from 'node:assert/strict'
import { test } from 'node:test'
import { schedulerRules } from '../../../domain/placement/scheduler-rules.ts'
import { analysisRules } from '../../../server/analysis-rules.ts'
import { aTaint } from '../../support/a-node.ts'

const plugins = 'pkg/scheduler/framework/plugins'
const features = 'pkg/features/kube_features.go'
const rulesOf = (version: string) => {
  const { taintReason, ...rules } = schedulerRules(version)
  const { terminatingEndpointsServe } = analysisRules(version)
  return { ...rules, taint: taintReason(aTaint('gpu', 'NoSchedule', 'yes')), terminatingEndpointsServe }
}

/** Each switch as Kubernetes' source of that version has it; `in` names the file that was read. */
const table: readonly {
  readonly rule: keyof ReturnType<typeof rulesOf>
  readonly in: string
  readonly values: Readonly<Record<string, unknown>>
}[] = [
  {
    rule: 'taint',
    in: `${plugins}/tainttoleration/taint_toleration.go`,
    values: {
      'v1.20.2': "node(s) had taint {gpu: yes}, that the pod didn't tolerate",
      'v1.23.17': "node(s) had taint {gpu: yes}, that the pod didn't tolerate",
      'v1.24.0': 'node(s) had untolerated taint {gpu: yes}',
      'v1.33.13': 'node(s) had untolerated taint {gpu: yes}',
      'v1.34.1': 'node(s) had untolerated taint {gpu: yes}',
      'v1.34.2': 'node(s) had untolerated taint(s)',
      'v1.35.4': 'node(s) had untolerated taint(s)',
      'v1.37.2': 'node(s) had untolerated taint(s)',
    },
  },
  {
    rule: 'nodeAffinityReason',
    in: `${plugins}/nodeaffinity/node_affinity.go`,
    values: {
      'v1.20.15': "node(s) didn't match Pod's node affinity",
      'v1.21.0': "node(s) didn't match Pod's node affinity/selector",
      'v1.37.2': "node(s) didn't match Pod's node affinity/selector",
    },
  },
  {
    rule: 'podAffinityReason',
    in: `${plugins}/interpodaffinity/filtering.go`,
    values: {
      'v1.20.15': "node(s) didn't match pod affinity/anti-affinity",
      'v1.21.14': "node(s) didn't match pod affinity/anti-affinity rules",
      'v1.22.0': null,
      'v1.37.2': null,
    },
  },
  {
    rule: 'comparesUnrequested',
    in: `${plugins}/noderesources/fit.go`,
    values: { 'v1.20.15': true, 'v1.23.17': true, 'v1.27.16': true, 'v1.28.4': false, 'v1.35.4': false },
  },
  {
    rule: 'triesNamedNodesOnly',
    in: `${plugins}/nodeaffinity/node_affinity.go`,
    values: { 'v1.23.17': false, 'v1.24.17': true, 'v1.37.2': true },
  },
  {
    rule: 'notTriedReason',
    in: 'pkg/scheduler/schedule_one.go',
    values: {
      'v1.24.17': null,
      'v1.26.15': null,
      'v1.29.0': null,
      'v1.30.0': 'node is filtered out by the prefilter result',
      'v1.30.1': 'node is filtered out by the prefilter result',
      'v1.30.2': null,
      'v1.31.14': null,
      'v1.32.0': "node(s) didn't satisfy plugin(s) [NodeAffinity]",
      'v1.37.2': "node(s) didn't satisfy plugin(s) [NodeAffinity]",
    },
  },
  { rule: 'hasInclusionPolicies', in: features, values: { 'v1.25.4': false, 'v1.26.15': true, 'v1.37.2': true } },
  { rule: 'hasMatchLabelKeys', in: features, values: { 'v1.26.15': false, 'v1.27.16': true, 'v1.37.2': true } },
  { rule: 'terminatingEndpointsServe', in: features, values: { 'v1.25.4': false, 'v1.26.15': true, 'v1.27.16': true } },
  {
    rule: 'weights',
    in: 'pkg/scheduler/apis/config/latest/latest.go and the default_plugins.go that it names',
    values: {
      'v1.20.15': { taints: 1, nodeAffinity: 1, podAffinity: 1 },
      'v1.22.17': { taints: 1, nodeAffinity: 1, podAffinity: 1 },
      'v1.23.17': { taints: 3, nodeAffinity: 2, podAffinity: 2 },
      'v1.37.2': { taints: 3, nodeAffinity: 2, podAffinity: 2 },
    },
  },
  {
    rule: 'countsSidecarPorts',
    in: 'pkg/scheduler/util/utils.go',
    values: {
      'v1.28.4': false,
      'v1.32.13': false,
      'v1.33.5': false,
      'v1.33.6': true,
      'v1.34.0': true,
      'v1.35.4': true,
    },
  },
  {
    rule: 'emptySelectorMatches',
    in: `${plugins}/podtopologyspread/common.go`,
    values: { 'v1.20.15': true, 'v1.26.15': true, 'v1.27.3': false, 'v1.37.2': false },
  },
  {
    rule: 'countsExcludedNodes',
    in: `${plugins}/podtopologyspread/filtering.go`,
    values: { 'v1.20.15': true, 'v1.23.17': true, 'v1.24.17': false, 'v1.37.2': false },
  },
]

for (const { rule, in: file, values } of table) {
  for (const [version, expected] of Object.entries(values)) {
    test(`${rule} in ${version}: ${file}`, () => assert.deepEqual(rulesOf(version)[rule], expected))
  }
}

test('a distribution’s suffix changes nothing, and what can’t be read is taken for the newest', () => {
  assert.equal(rulesOf('v1.34.1+k3s1').taint, rulesOf('v1.34.1').taint)
  assert.equal(rulesOf('').notTriedReason, rulesOf('v1.37.2').notTriedReason)
})
