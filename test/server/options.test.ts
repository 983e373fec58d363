import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOptions } from '../../server/options.ts'

const cases: readonly (readonly [name: string, argv: string[], env: Record<string, string>, expected: RegExp])[] = [
  ['a port that is no number', ['--port', 'abc'], {}, /^--port: "abc" is not a whole number from 0 to 65535/],
  [
    'a port out of range, from the environment',
    [],
    { PORT: '99999' },
    /^PORT: "99999" is not a whole number from 0 to 65535$/,
  ],
  [
    'an open address without a token',
    ['--host', '0.0.0.0'],
    {},
    /^--host: 0\.0\.0\.0 can be reached.*set an access token with --token/,
  ],
  ['a token that can be guessed', ['--token', 'short'], {}, /^--token: give at least 16 characters/],
  ['an unknown option', ['--frob'], {}, /^unknown option '--frob'; see --help$/],
  ['a flag that is neither', [], { PLUMBLINE_DEMO: 'maybe' }, /^PLUMBLINE_DEMO: "maybe" is neither true nor false$/],
  [
    'a period that is none',
    ['--probe-counters', '30'],
    {},
    /^--probe-counters: "30" is not off, on or a period from 10s to 60m/,
  ],
  [
    'a period that is too short, from the environment',
    [],
    { PLUMBLINE_PROBE_COUNTERS: '9s' },
    /^PLUMBLINE_PROBE_COUNTERS: "9s" is not off, on or a period from 10s to 60m$/,
  ],
  ['a stray word', ['demo'], {}, /too many arguments/],
]

for (const [name, argv, env, expected] of cases) {
  test(`${name} is one line that names it and the remedy`, () => {
    const read = readOptions(argv, env)
    assert.equal(read.type, 'error')
    const message = read.type === 'error' ? read.message : ''
    assert.match(message, expected)
    assert.ok(!message.includes('\n'))
  })
}

test('an option wins over its environment variable', () => {
  const read = readOptions(['--port', '4000'], { PORT: '5000', PLUMBLINE_DEMO: '1' })
  assert.equal(read.type, 'run')
  if (read.type !== 'run') return
  assert.equal(read.options.port, 4000)
  assert.equal(read.options.demo, true)
})

test('probe counters are off unless asked for, and a period can be given', () => {
  for (const [argv, expected] of [
    [[], 0],
    [['--probe-counters', 'off'], 0],
    [['--probe-counters', 'on'], 30_000],
    [['--probe-counters', '15s'], 15_000],
    [['--probe-counters', '60m'], 3_600_000],
  ] as const) {
    const read = readOptions(argv, {})
    assert.equal(read.type === 'run' && read.options.probeCounters, expected)
  }
})

test('--help names every option and its environment variable', () => {
  const read = readOptions(['--help'], {})
  const text = read.type === 'print' ? read.text : ''
  for (const name of [
    '--port',
    '--host',
    '--token',
    '--kubeconfig',
    '--context',
    '--demo',
    '--database',
    '--retention-days',
    '--verify-minutes',
    '--probe-counters',
    '--allowed-hosts',
  ]) {
    assert.ok(text.includes(name), name)
  }
  for (const name of [
    'PORT',
    'KUBECONFIG',
    'PLUMBLINE_HOST',
    'PLUMBLINE_TOKEN',
    'PLUMBLINE_CONTEXT',
    'PLUMBLINE_DEMO',
    'PLUMBLINE_DATABASE',
  ]) {
    assert.ok(text.includes(name), name)
  }
})
