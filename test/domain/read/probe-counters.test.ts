import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readProbeCounters } from '../../../domain/read/probe-counters.ts'
import { readPrometheusSample } from '../../../domain/read/prometheus-sample.ts'
import { seededRandom } from './seeded-random.ts'

/** As a kubelet 1.20.2 answered, names shortened; and a histogram as newer ones add it. */
const answer = `# HELP prober_probe_total [ALPHA] Cumulative number of a liveness, readiness or startup probe for a container by result.
# TYPE prober_probe_total counter
prober_probe_total{container="app",namespace="shop",pod="cart-1",pod_uid="56df4f16",probe_type="Readiness",result="failed"} 24
prober_probe_total{container="app",namespace="shop",pod="cart-1",pod_uid="56df4f16",probe_type="Readiness",result="successful"} 27
prober_probe_total{container="app",namespace="shop",pod="legacy-erp",pod_uid="5d0d59a9",probe_type="Liveness",result="successful"} 1.234567e+06
prober_probe_total{container="app",namespace="shop",pod="legacy-erp",pod_uid="5d0d59a9",probe_type="Startup",result="failed"} 6
prober_probe_total{container="app",namespace="shop",pod="legacy-erp",pod_uid="5d0d59a9",probe_type="Startup",result="successful"} 1
prober_probe_total{container="app",namespace="shop",pod="legacy-erp",pod_uid="5d0d59a9",probe_type="Startup",result="unknown"} 2
# HELP prober_probe_duration_seconds [ALPHA] Duration in seconds for a probe response.
# TYPE prober_probe_duration_seconds histogram
prober_probe_duration_seconds_bucket{container="app",namespace="shop",pod="cart-1",probe_type="Readiness",le="+Inf"} 27
`

test('a kubelet’s answer gives one set of counters a probe', () => {
  const at = 1_000
  assert.deepEqual(readProbeCounters(answer, at), {
    counters: [
      { podUid: '56df4f16', container: 'app', kind: 'readiness', successful: 27, failed: 24, unknown: 0, at },
      { podUid: '5d0d59a9', container: 'app', kind: 'liveness', successful: 1_234_567, failed: 0, unknown: 0, at },
      { podUid: '5d0d59a9', container: 'app', kind: 'startup', successful: 1, failed: 6, unknown: 2, at },
    ],
    malformed: 0,
  })
  assert.deepEqual(readProbeCounters('', at), { counters: [], malformed: 0 })
})

const labels = 'container="app",namespace="n",pod="p",pod_uid="u",probe_type="Liveness",result="failed"'

/** What is no sample of the metric is passed over; what should be one and can't be read is counted. */
const lines: readonly (readonly [line: string, read: number, malformed: number])[] = [
  [`prober_probe_total{${labels}} 7`, 1, 0],
  [`prober_probe_total{ ${labels}, } 7 1700000000000\r`, 1, 0],
  [`prober_probe_total_created{${labels}} 7`, 0, 0],
  [`prober_probe_total{${labels.replace('Liveness', 'Sanity')}} 7`, 0, 0],
  [`prober_probe_total{${labels.replace('failed', 'skipped')}} 7`, 0, 0],
  ['', 0, 0],
  ['# anything', 0, 0],
  ['other_metric nonsense', 0, 0],
  [`prober_probe_total{${labels}} -1`, 0, 1],
  [`prober_probe_total{${labels}} 1.5`, 0, 1],
  [`prober_probe_total{${labels}} NaN`, 0, 1],
  [`prober_probe_total{${labels}} +Inf`, 0, 1],
  [`prober_probe_total{${labels}} 1e300`, 0, 1],
  [`prober_probe_total{${labels}} 0x10`, 0, 1],
  [`prober_probe_total{${labels}} seven`, 0, 1],
  [`prober_probe_total{${labels}}7`, 0, 1],
  [`prober_probe_total{${labels}}`, 0, 1],
  [`prober_probe_total{${labels}`, 0, 1],
  [`prober_probe_total{${labels},pod="again"} 7`, 0, 1],
  [`prober_probe_total{${labels.replace('"app"', 'app')}} 7`, 0, 1],
  [`prober_probe_total{${labels.replace('app', 'a\\q')}} 7`, 0, 1],
  [`prober_probe_total{${labels.replace('pod_uid="u",', '')}} 7`, 0, 1],
  ['prober_probe_total 7', 0, 1],
  ['<html><body>bad gateway</body></html>', 0, 1],
  ['\u0000\uFFFD', 0, 1],
]

for (const [line, read, malformed] of lines) {
  test(`${JSON.stringify(line)}: ${read} read, ${malformed} malformed, and the next line is read all the same`, () => {
    const found = readProbeCounters(`${line}\n${answer}`, 0)
    assert.equal(found.counters.length, 3 + read)
    assert.equal(found.malformed, malformed)
  })
}

test('escapes in label values, and values as Go writes floats', () => {
  const sample = readPrometheusSample(String.raw`m{a="back\\slash",b="quo\"te",c="new\nline",d="{},=}"} 1.5e-07`)
  assert.deepEqual([...(sample?.labels.values() ?? [])], ['back\\slash', 'quo"te', 'new\nline', '{},=}'])
  assert.equal(sample?.value, 1.5e-7)
  for (const [text, value] of [
    ['0', 0],
    ['+7', 7],
    ['1e+06', 1e6],
    ['.5', 0.5],
    ['-Inf', Number.NEGATIVE_INFINITY],
    ['NaN', Number.NaN],
  ] as const)
    assert.equal(readPrometheusSample(`m ${text}`)?.value, value)
  for (const text of ['m', 'm 1 2 3', '9m 1', 'm{} {} 1', 'm{a="b" c="d"} 1', 'm{,} 1', 'm inf', 'm 1e'])
    assert.equal(readPrometheusSample(text), null, text)
})

test('no text, however mutilated, throws or gives a count that is none', () => {
  const random = seededRandom(7)
  for (let round = 0; round < 3_000; round += 1) {
    let text = answer
    for (let cut = 0; cut <= random(4); cut += 1) {
      const at = random(text.length)
      const piece = ['', '"', '\\', '{', '}', '\n', ' ', '9e99', '\u0000'][random(9)] ?? ''
      text = text.slice(0, at) + piece + text.slice(at + random(40))
    }
    for (const { podUid, container, successful, failed, unknown } of readProbeCounters(text, 0).counters) {
      assert.ok(podUid !== '' && container !== '')
      for (const count of [successful, failed, unknown]) assert.ok(Number.isSafeInteger(count) && count >= 0)
    }
  }
})
