import { latest } from './container-event.ts'
import { conditionEvidence, eventEvidence } from './evidence.ts'
import { kubectl } from './kubectl-command.ts'
import { podCondition } from './pod-condition.ts'
import type { Advice } from './problem.ts'
import { advise, fact, type PodStory } from './story-context.ts'

/** A pod without a node. */
export const pendingStory: PodStory = (problem, pod, { events }) => {
  const silent = problem.cause === 'no-scheduler'
  const message = podCondition(pod, 'PodScheduled')?.message ?? ''
  return {
    evidence: [
      ...conditionEvidence(pod, 'PodScheduled'),
      ...eventEvidence([latest(events.filter(({ reason }) => reason === 'FailedScheduling'))]),
      ...(silent ? [fact('spec', 'spec.schedulerName', pod.spec.schedulerName)] : []),
      ...(pod.nominatedNodeName ? [fact('status', 'status.nominatedNodeName', pod.nominatedNodeName)] : []),
    ],
    next: silent
      ? { text: 'Nothing, until a scheduler of this name runs', at: null }
      : {
          text: 'The scheduler tries again when something changes that may help (a node, a pod that ends, a volume), and every five minutes',
          at: null,
        },
    advice: silent
      ? [
          advise(
            'See whether the scheduler runs',
            kubectl('get', 'pods', '-n', 'kube-system', '-l', 'component=kube-scheduler'),
          ),
        ]
      : [
          ...reasonAdvice(message),
          advise('See the scheduler’s words', kubectl('describe', 'pod', pod.name, '-n', pod.namespace)),
        ],
  }
}

/** By the reasons of the scheduler's plugins (k/k pkg/scheduler/framework/plugins), the first that fits. */
const remedies: readonly (readonly [RegExp, string, readonly string[] | null])[] = [
  [
    /Insufficient|Too many pods/,
    'Free or add capacity, or lower its requests: see what the nodes have left',
    ['describe', 'nodes'],
  ],
  [
    /untolerated taint|had taint/,
    'Tolerate the taint, or remove it: see the nodes’ taints',
    ['get', 'nodes', '-o', 'custom-columns=NAME:.metadata.name,TAINTS:.spec.taints'],
  ],
  [
    /topology spread/,
    'The spread constraint leaves no domain: see the nodes by zone',
    ['get', 'nodes', '-L', 'topology.kubernetes.io/zone'],
  ],
  [/anti-affinity/, 'Its anti-affinity leaves no node: add nodes, or ask for preferred instead of required', null],
  [
    /affinity|selector/,
    'No node has the labels that it asks for: see the nodes’ labels',
    ['get', 'nodes', '--show-labels'],
  ],
  [
    /[Pp]ersistent ?[Vv]olume|volume/,
    'See whether its volume claims are bound, and in which zone',
    ['get', 'pvc,pv', '-A'],
  ],
  [/unschedulable/, 'Nodes are cordoned: see which', ['get', 'nodes']],
  [/free ports/, 'Its hostPort is taken on every node that fits', null],
]

function reasonAdvice(message: string): readonly Advice[] {
  return remedies
    .filter(([pattern]) => pattern.test(message))
    .map(([, text, command]) => advise(text, command && kubectl(...command)))
    .slice(0, 2)
}
