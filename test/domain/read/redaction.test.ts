import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clusterObjectKinds } from '../../../domain/model/cluster-object.ts'
import { readClusterObject } from '../../../domain/read/cluster-object.ts'
import { Interner } from '../../../domain/read/interner.ts'
import { realObjects } from './real-objects.ts'

const canary = 'CANARY-5f2e'

/** A pod's spec with a canary wherever a secret may lie. */
const secretive = {
  containers: [
    {
      name: 'app',
      image: 'shop:1',
      command: ['run', canary],
      args: [`--password=${canary}`],
      env: [
        { name: canary, value: canary },
        { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: canary } } },
      ],
      envFrom: [{ secretRef: { name: canary } }],
      workingDir: canary,
      livenessProbe: { httpGet: { port: 1, httpHeaders: [{ name: 'Authorization', value: canary }] } },
      lifecycle: {
        preStop: { exec: { command: [canary] } },
        postStart: { httpGet: { httpHeaders: [{ value: canary }] } },
      },
      unknownField: canary,
    },
  ],
  initContainers: [{ name: 'init', env: [{ name: 'A', value: canary }], args: [canary] }],
  ephemeralContainers: [{ name: 'debug', command: [canary] }],
  volumes: [
    { name: 'v', csi: { volumeAttributes: { token: canary } } },
    { name: 'w', downwardAPI: { items: [canary] } },
  ],
  imagePullSecrets: [{ name: canary }],
  serviceAccountName: canary,
  hostAliases: [{ ip: canary }],
  unknownField: canary,
}

test('environment, arguments, headers, managedFields and unknown annotations never get in', () => {
  const raw = {
    metadata: {
      uid: 'u',
      name: 'n',
      managedFields: [{ manager: canary, fieldsV1: { [`f:${canary}`]: {} } }],
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(secretive),
        'example.com/token': canary,
        'sidecar.istio.io/status': canary,
        [canary]: 'x',
      },
      generateName: canary,
      finalizers: [canary],
    },
    data: { password: canary },
    spec: {
      ...secretive,
      template: { metadata: { annotations: { a: canary } }, spec: secretive },
      jobTemplate: { spec: { template: { spec: secretive } } },
    },
    status: { unknownField: canary, ephemeralContainerStatuses: [{ name: canary }] },
  }
  for (const kind of clusterObjectKinds) {
    const object = readClusterObject(kind, raw, new Interner())
    assert.ok(object)
    assert.equal(JSON.stringify(object).includes(canary), false, kind)
  }
})

test('of an injected sidecar only the presence is told; people’s own words to Plumbline stay', () => {
  const annotations = {
    'sidecar.istio.io/status': '{"version":"secret"}',
    'plumbline.dev/owner': 'shop team',
    'linkerd.io/proxy-version': 'stable-2.14',
    expect: 'never restarts',
  }
  const pod = readClusterObject('Pod', { metadata: { uid: 'u', name: 'n', annotations } }, new Interner())
  assert.ok(pod?.kind === 'Pod')
  assert.deepEqual({ ...pod.annotations }, { ...annotations, 'sidecar.istio.io/status': 'true' })
})

test('an exec probe’s command is shown', () => {
  const spec = { containers: [{ name: 'a', livenessProbe: { exec: { command: ['test', '-f', '/ok'] } } }] }
  assert.match(
    JSON.stringify(readClusterObject('Pod', { metadata: { uid: 'u', name: 'n' }, spec }, new Interner())),
    /"-f","\/ok"/,
  )
})

test('nothing of real objects’ commands and last-applied configuration is left', () => {
  for (const { name, kind, raw } of realObjects()) {
    const text = JSON.stringify(readClusterObject(kind, raw, new Interner()))
    for (const word of ['last-applied', 'managedFields', 'sleep 20', 'exec httpd', 'fieldsV1']) {
      assert.equal(text.includes(word), false, `${name}: ${word}`)
    }
  }
})
