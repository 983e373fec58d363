/** Pods such as a hostile or broken cluster might serve, for tests; hand them to `server.create('pods', …)`. */

/** Close to etcd's limit of 1.5 MB: thousands of labels and annotations and 250 containers. */
export function giantPod(namespace: string, name: string): object {
  const labels: Record<string, string> = {}
  const annotations: Record<string, string> = {}
  for (let index = 0; index < 10_000; index += 1) {
    labels[`label-${index}`] = `value-${index}`
    annotations[`example.com/annotation-${index}`] = 'x'.repeat(40)
  }
  const containers = Array.from({ length: 250 }, (_, index) => ({
    name: `container-${index}`,
    image: `registry.example/app:${index}`,
    readinessProbe: { httpGet: { path: '/ready', port: 8080 + index } },
    resources: {},
  }))
  return {
    metadata: { namespace, name, labels, annotations },
    spec: { containers, nodeName: 'node-giant' },
    status: {
      phase: 'Running',
      containerStatuses: containers.map((container) => ({
        name: container.name,
        image: container.image,
        imageID: '',
        ready: true,
        started: true,
        restartCount: 0,
        state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
        lastState: {},
      })),
    },
  }
}

/** Names and messages that want to be markup, code, terminal commands or prototypes. */
export const hostileStrings: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '=HYPERLINK("http://evil.example","x")',
  '\u202Egnp.exe\u202C',
  'zero\u200Bwidth\u200Djoiner',
  '\u0000NUL\u001B[31mred\u0007',
  '\uD800 lone surrogate',
  'Раураl homoglyph',
  '😀'.repeat(40),
  'long-'.repeat(51).slice(0, 253),
  '__proto__',
  'constructor',
  '{{7*7}} %s %n',
  "'; DROP TABLE pods; --",
]

export function hostilePod(namespace: string, name: string): object {
  // A plain `__proto__` key in a literal would set the prototype; JSON text makes it data, as on the wire.
  const labels = JSON.parse('{"__proto__":"polluted","constructor":"x","app":"<b>hostile</b>"}')
  const annotations = Object.fromEntries(hostileStrings.map((text, index) => [`example.com/hostile-${index}`, text]))
  const message = hostileStrings.join(' | ')
  return {
    metadata: { namespace, name, labels, annotations },
    spec: { containers: [{ name: '<i>c</i>', image: 'javascript:alert(1)' }], nodeName: '../../etc/passwd' },
    status: {
      phase: 'Running',
      message,
      conditions: [{ type: 'Ready', status: 'False', reason: '<script>', message, lastTransitionTime: 'yesterday' }],
      containerStatuses: [
        { name: '<i>c</i>', ready: false, restartCount: 3, state: { waiting: { reason: '"onload="', message } } },
      ],
    },
  }
}

/** Objects with fields missing, null, of the wrong type, or unknown. All have a name; nothing else is sure. */
export function brokenPods(namespace: string): readonly object[] {
  const metadata = (name: string, more: object = {}) => ({ namespace, name, ...more })
  return [
    { metadata: metadata('no-spec-no-status') },
    { metadata: metadata('null-everything'), spec: null, status: null },
    { metadata: metadata('no-uid', { uid: null }), spec: { containers: [] }, status: { phase: 'Running' } },
    { metadata: metadata('no-creation', { creationTimestamp: null }), spec: {}, status: {} },
    {
      metadata: metadata('null-lists', { labels: null, annotations: null, ownerReferences: null }),
      spec: { containers: null },
      status: { conditions: null, containerStatuses: null },
    },
    {
      metadata: metadata('unknown-phase'),
      spec: { containers: [{ name: 'c' }] },
      status: { phase: 'Hibernating', reason: 'FutureReason' },
    },
    {
      metadata: metadata('wrong-types', { labels: ['a'], creationTimestamp: 12 }),
      spec: 'pod',
      status: { phase: 7, containerStatuses: { a: 1 }, conditions: 'Ready' },
    },
    {
      metadata: metadata('empty-state'),
      spec: { containers: [{ name: 'c' }] },
      status: { phase: 'Running', containerStatuses: [{ name: 'c', state: {}, restartCount: '3' }, null] },
    },
    {
      metadata: metadata('unknown-fields'),
      spec: { containers: [{ name: 'c', hologram: true }], quantum: {} },
      status: { phase: 'Running', newList: [1] },
      extra: 1,
    },
  ]
}
