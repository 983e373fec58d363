// The first step of every npm script. It may run under an old Node and before anything is
// installed, so it is plain JavaScript without dependencies: it installs what the lock file names
// (only when that changed), picks a Node that can run the rest, and hands over to it.
//
//   node server/launch/launch.mjs start [options]     the service
//   node server/launch/launch.mjs test [options]      every test
//   node server/launch/launch.mjs run FILE [options]  one of the project's own programs
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeEnvironment, nodeFlags } from './node-flags.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const stamp = join(root, 'node_modules', '.plumbline-lock')
/** Type stripping without a flag, and what @kubernetes/client-node 2 needs. */
const oldestNode = [22, 19]

function fail(message) {
  console.error(`plumbline: ${message}`)
  process.exit(1)
}

function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.platform + process.arch)
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  // Standard output belongs to the program that is started.
  console.error('Installing dependencies (once) …')
  // npm runs under its own Node: the one in node_modules is about to be replaced.
  const npm = process.env.npm_execpath
  const command = npm ? (process.env.npm_node_execpath ?? process.execPath) : 'npm'
  // Not `npm ci`: it refuses a lock file that lacks another platform's optional binaries. What the
  // lock file names is installed as named, and the file isn't touched.
  const parameters = [
    ...(npm ? [npm] : []),
    'install',
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const env = { ...process.env, npm_config_update_notifier: 'false' }
  const done = spawnSync(command, parameters, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env, shell: !npm })
  if (done.status !== 0) fail('npm install failed; see above. Is the npm registry reachable?')
  writeFileSync(stamp, lock)
}

function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])
}

/** The Node pinned in package.json where its binary runs here, else the one at hand. */
function chooseNode() {
  const pinned = ['linux-x64', 'linux-arm64', 'win-x64']
    .map((platform) =>
      join(root, 'node_modules', `node-${platform}`, 'bin', platform.startsWith('win') ? 'node.exe' : 'node'),
    )
    .filter((file) => existsSync(file))
  for (const file of pinned) {
    const asked = spawnSync(file, ['-p', 'process.versions.node'], { encoding: 'utf8' })
    if (asked.status === 0 && isNewEnough(asked.stdout.trim())) return file
  }
  if (isNewEnough(process.versions.node)) return process.execPath
  return fail(
    `Node ${oldestNode.join('.')} or newer is needed and this is ${process.versions.node}; install a current one from nodejs.org`,
  )
}

const [mode, ...rest] = process.argv.slice(2)
const programs = { start: 'server/main.ts', test: 'test/main.ts' }
const program = mode === 'run' ? rest.shift() : programs[mode]
if (!program) fail('usage: launch.mjs start|test|run FILE')
install()
const node = chooseNode()
const child = spawn(node, [...nodeFlags, join(root, program), ...rest], {
  stdio: 'inherit',
  // Programs started from there find the same Node.
  env: {
    ...nodeEnvironment,
    ...process.env,
    PATH: `${dirname(node)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
  },
})
// A terminal sends its signals to the child as well; a supervisor sends them only to us.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => fail(`could not start ${node}: ${error.message}`))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
