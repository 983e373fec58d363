import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { z } from 'zod'
import { placementResponseSchema, podItemSchema, problemsResponseSchema } from '../../server/api/api-schemas.ts'
import {
  affinityResponseSchema,
  pendingResponseSchema,
  risksResponseSchema,
} from '../../server/api/placement-schemas.ts'

const root = join(import.meta.dirname, '..', '..')
/** What kubectl printed of a real 1.20 cluster with two bad rollouts of Deployments and one of a StatefulSet. */
const dumps = join(root, 'test', 'fixtures', 'dumps')
const rollouts = join(dumps, 'rollouts.json')
const nodes = join(dumps, 'nodes.json')
const folder = mkdtempSync(join(tmpdir(), 'plumbline-check-'))
after(() => rmSync(folder, { recursive: true, force: true }))

interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function check(parameters: readonly string[], input?: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(root, 'server', 'check.ts'), ...parameters],
      { cwd: folder, env: { ...process.env, npm_lifecycle_event: '' } },
    )
    let [out, err] = ['', '']
    child.stdout.on('data', (data) => {
      out += data
    })
    child.stderr.on('data', (data) => {
      err += data
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.on('error', () => {})
    child.stdin.end(input ?? '')
  })
}

const reportSchema = z.object({
  observedAt: z.number(),
  serverVersion: z.string(),
  notes: z.array(z.string()),
  pods: z.array(podItemSchema),
  problems: problemsResponseSchema.shape.items,
  placement: placementResponseSchema.shape.items,
  pending: pendingResponseSchema.shape.items,
  affinity: affinityResponseSchema.shape.items,
  risks: risksResponseSchema.shape.items,
})

function kept(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

test('a real dump: problems by workload and cause, the pods that aren’t well, exit status 1', async () => {
  const { code, out, err } = await check([rollouts, nodes])
  assert.equal(code, 1, err)
  assert.match(out, /Container app crashes again and again: exit code 3: all 3 pods of Deployment rollouts\/desk/)
  assert.match(out, /its image can’t be pulled: 2 of 5 pods of Deployment rollouts\/till/)
  assert.match(
    out,
    /revision 2 of Deployment till began it at 2026-11-24T23:42:30Z; image of app: docker\.io\/library\/busybox:1 → docker\.io\/library\/busybox:2; 3 pods of revision 1 still ready/,
  )
  assert.match(out, /Service desk has no ready address/)
  assert.match(out, /2 of 3 pods of StatefulSet rollouts\/safe/)
  // As kubectl printed them when this was dumped.
  for (const line of [
    /rollouts +desk-6d5b9c75c6-6vg8x +0\/1 +CrashLoopBackOff +5 /,
    /rollouts +safe-1 +0\/1 +CrashLoopBackOff +4 /,
    /rollouts +till-54c8d9cb8d-26cbb +0\/1 +ImagePullBackOff +0 /,
  ]) {
    assert.match(out, line)
  }
  assert.match(out, /5 errors, 0 warnings, 7 of 11 pods not well/)
  assert.match(out, /judged as Kubernetes v1\.20\.2 does/)
  assert.equal(err, '')
})

test('--json gives the objects of the HTTP API', async () => {
  const { code, out } = await check(['--json', rollouts, nodes])
  assert.equal(code, 1)
  const answered: unknown = JSON.parse(out)
  const report = reportSchema.parse(answered)
  assert.deepEqual(report, answered)
  assert.equal(report.pods.length, 11)
  const till = report.problems.find(({ id }) => id === 'container-waiting/rollouts/Deployment/till/image')
  assert.deepEqual([till?.affects.pods, till?.affects.podsTotal, till?.affects.services], [2, 5, ['till']])
  const outage = report.problems.find(({ kind }) => kind === 'service-down')
  assert.deepEqual(outage?.explainedBy, ['restart-loop/rollouts/Deployment/desk/exit/3'])
})

test('YAML, standard input and objects one after the other are read as well', async () => {
  const { items } = JSON.parse(readFileSync(rollouts, 'utf8')) as { items: { kind: string }[] }
  const pods = items.filter(({ kind }) => kind === 'Pod')
  const rest = { kind: 'List', items: items.filter(({ kind }) => kind !== 'Pod') }
  const concatenated = `${pods.map((pod) => JSON.stringify(pod, null, 2)).join('\n')}\n${JSON.stringify(rest)}`
  const whole = await check(['--json', rollouts, nodes])
  const piped = await check(['--json', '-', nodes], concatenated)
  assert.deepEqual(JSON.parse(piped.out), JSON.parse(whole.out))
  const yaml = await check([join(dumps, 'rollouts.yaml')])
  assert.equal(yaml.code, 1)
  assert.match(yaml.out, /exit code 3: all 3 pods of ReplicaSet rollouts\/desk-6d5b9c75c6/)
  assert.match(yaml.out, /note: the dump holds no ReplicaSet: /)
  // A typed list, as the API server itself gives it: its items have no kind.
  const untyped = { kind: 'PodList', apiVersion: 'v1', items: pods.map((pod) => ({ ...pod, kind: undefined })) }
  const raw = await check(['--json', kept('raw.json', JSON.stringify(untyped))])
  assert.equal(reportSchema.parse(JSON.parse(raw.out)).pods.length, 11)
})

test('where nothing is broken the exit status is 0', async () => {
  const { code, out } = await check([join(root, 'test', 'fixtures', 'pods', 'cache.json')])
  assert.equal(code, 0)
  assert.match(out, /0 errors, 0 warnings, 0 of 1 pod not well/)
})

test('the instant and the version can be given', async () => {
  const later = await check(['--at', '2026-11-25T23:47:52Z', '--server-version', 'v1.36.0', rollouts, nodes])
  assert.match(later.out, /error +24h +Container app can’t start/)
  assert.doesNotMatch(later.out, /note: judged/)
})

test('unusable input is 2, with a line that names it, the reason and the remedy', async () => {
  const cases: readonly (readonly [parameters: readonly string[], said: RegExp, input?: string])[] = [
    [[], /missing required argument 'file'; see --help/],
    [['none.json'], /^check: none\.json: there is no such file$/m],
    [[folder], /it is a folder; give the files in it/],
    [['-'], /standard input: it is empty/],
    [['-'], /standard input: it isn’t whole JSON .*; was it cut off\?/, '{"kind":"List","items":[{'],
    [['-'], /object 2 in it isn’t whole JSON/, '{"kind":"Pod"} {"kind" oops}'],
    [['-'], /it is neither JSON nor YAML/, 'a: [1\nb: }'],
    [['-'], /it holds a string where an object with kind and metadata is expected/, 'NAME READY STATUS'],
    [['-'], /an object in it has no kind/, '{"pods":3}'],
    [['-'], /it holds no Kubernetes objects; give the output of: kubectl get pods,/, '{"kind":"List","items":[]}'],
    [['-'], /an error of the API server \(pods is forbidden\)/, '{"kind":"Status","message":"pods is forbidden"}'],
    [
      ['-'],
      /holds only ConfigMap, of which nothing is judged/,
      '{"kind":"ConfigMap","metadata":{"name":"a","uid":"b"}}',
    ],
    [['--at', 'yesterday', rollouts], /--at: "yesterday" is no RFC 3339 time; write it as/],
    [['--server-version', 'new', rollouts], /--server-version: "new" is no version; write it as v1\.34\.1/],
    [['--bad', rollouts], /unknown option '--bad'/],
  ]
  for (const [parameters, said, input] of cases) {
    const { code, out, err } = await check(parameters, input)
    assert.equal(code, 2, `${parameters.join(' ')}: ${out}`)
    assert.match(err, said)
    assert.equal(out, '')
  }
})

test('what a container wrote can’t steer the terminal', async () => {
  const pod = JSON.parse(readFileSync(join(root, 'test', 'fixtures', 'pods', 'crasher.json'), 'utf8'))
  pod.status.containerStatuses[0].lastState.terminated.message = 'gone\u001b[2J\u0007'
  const { out } = await check([kept('escape.json', JSON.stringify(pod))])
  assert.match(out, /gone/)
  assert.doesNotMatch(out.replaceAll('\n', ''), /\p{Cc}/u)
})

test('one bad object costs one row', async () => {
  const list = { kind: 'List', items: [{ kind: 'Pod', metadata: {} }, { kind: 'Pod', spec: 7 }, { kind: 'Secret' }] }
  const { items } = JSON.parse(readFileSync(rollouts, 'utf8')) as { items: unknown[] }
  const { code, out } = await check([kept('bad.json', JSON.stringify({ ...list, items: [...list.items, ...items] }))])
  assert.equal(code, 1)
  assert.match(out, /note: 2 objects without metadata\.uid or metadata\.name were left out/)
  assert.match(out, /note: of kinds that aren’t looked at: Secret \(1\)/)
})

test('--help tells how to make a dump', async () => {
  const { code, out } = await check(['--help'])
  assert.equal(code, 0)
  assert.match(out, /kubectl get pods,nodes,events,services,endpointslices,replicasets,deployments -A -o json/)
})
