const words: Readonly<Record<string, string>> = {
  'restart-loop': 'Restart loop',
  'probe-failing': 'Probe failing',
  'container-waiting': 'Container waiting',
  'init-failing': 'Init failing',
  'init-stuck': 'Init stuck',
  'pod-failed': 'Pod failed',
  'pod-pending': 'Pending',
  'pod-not-ready': 'Not ready',
  'pod-terminating-stuck': 'Stuck terminating',
  'node-not-ready': 'Node not ready',
  'node-pressure': 'Node under pressure',
  'skew-violated': 'Skew violated',
  'skew-uneven': 'Uneven spread',
  'service-down': 'Service down',
}

/** A kind that this page doesn't know yet (a newer server) is shown as it came. */
export function problemKindWord(kind: string): string {
  return Object.hasOwn(words, kind) ? (words[kind] ?? kind) : kind
}
