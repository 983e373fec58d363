import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDemoOptions } from '../../demo/demo-options.ts'

test('options, environment and defaults; the option wins', () => {
  const read = readDemoOptions(['--nodes', '10', '--pods', '100', '--churn', '50/s'], {
    PLUMBLINE_DEMO_PORT: '9000',
    PLUMBLINE_DEMO_NODES: '5',
  })
  assert.ok(read.type === 'run')
  const { port, nodes, pods, churn, seed } = read.options
  assert.deepEqual([port, nodes, pods, churn, seed], [9000, 10, 100, 50, 1])
})

test('wrong values give one line that names the option', () => {
  const message = (argv: string[], env: Record<string, string> = {}) => {
    const read = readDemoOptions(argv, env)
    assert.ok(read.type === 'error')
    assert.ok(!read.message.includes('\n'))
    return read.message
  }
  assert.match(message(['--port', '70000']), /--port <number>.*70000.*whole number from 0 to 65535/)
  assert.match(message([], { PLUMBLINE_DEMO_CHURN: 'many' }), /^PLUMBLINE_DEMO_CHURN: "many" is not a rate/)
  assert.match(message(['--nodes', '5']), /needs both/)
  assert.match(message(['--churn', '5']), /^--churn: /)
  assert.match(message(['--speed', '5', '--nodes', '1', '--pods', '1']), /^--speed: /)
  assert.match(message(['--bogus']), /--bogus/)
})

test('help is printed and not run', () => {
  const read = readDemoOptions(['--help'], {})
  assert.ok(read.type === 'print' && read.text.includes('--churn'))
})
