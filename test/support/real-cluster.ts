import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The program that starts a real Kubernetes on this machine (etcd, API server, scheduler,
 * controllers, kubelets), where there is one: named by KUBE_CLUSTER, else beside the repository.
 */
export function realClusterProgram(root: string): string | null {
  const program = process.env.KUBE_CLUSTER ?? join(root, '..', 'shared', 'kube', 'cluster')
  return existsSync(program) ? program : null
}

/** Why the real cluster can't be run here; null when it can. */
export function realClusterMissing(root: string): string | null {
  if (realClusterProgram(root) === null) return 'no KUBE_CLUSTER program'
  if (process.getuid?.() !== 0) return 'needs root for kubelets'
  return null
}

/** Runs one of the program's commands and returns what it printed; throws with its output when it fails. */
export function realCluster(root: string, ...parameters: string[]): string {
  const program = realClusterProgram(root)
  if (program === null) throw new Error('there is no real cluster here')
  const done = spawnSync(program, parameters, { encoding: 'utf8', env: { ...process.env, ...clusterEnv } })
  if (done.status !== 0) throw new Error(`${program} ${parameters.join(' ')}: ${done.stdout}${done.stderr}`)
  return done.stdout.trim()
}

/** A cluster of the tests' own, beside any other that may run on this machine. */
export const clusterEnv = {
  KUBE_DIR: process.env.KUBE_DIR ?? '/tmp/kube-cluster',
  KUBE_PORT: process.env.KUBE_PORT ?? '16443',
}

export const kubeconfigFile = (user = ''): string =>
  join(clusterEnv.KUBE_DIR, user === '' ? 'kubeconfig' : `kubeconfig-${user}`)

/** Makes sure that the cluster runs and holds the workloads that show every mechanism. */
export function startRealCluster(root: string): void {
  const ready = () =>
    spawnSync('kubectl', ['get', '--raw', '/readyz'], { env: { ...process.env, KUBECONFIG: kubeconfigFile() } })
      .status === 0
  if (!ready()) {
    // A cluster whose API server died needs only that started; of one that was left behind, nothing can be used.
    const storageRuns = spawnSync('pgrep', ['-f', `etcd --data-dir ${clusterEnv.KUBE_DIR}/`]).status === 0
    if (storageRuns) {
      realCluster(root, 'start', 'apiserver')
      for (let second = 0; second < 60 && !ready(); second += 1) spawnSync('sleep', ['1'])
    }
    if (!ready()) {
      realCluster(root, 'down')
      realCluster(root, 'up', '--nodes', '3')
    }
  }
  applyWorkloads(join(dirname(realClusterProgram(root) ?? ''), 'workloads.yaml'))
  // At the very start, so that their back-offs and patience have run out when they are looked at.
  applyWorkloads(join(root, 'test', 'real-cluster', 'workloads-health.yaml'))
}

export function applyWorkloads(file: string): void {
  const applied = spawnSync('kubectl', ['apply', '-f', file], {
    env: { ...process.env, KUBECONFIG: kubeconfigFile() },
    encoding: 'utf8',
  })
  if (applied.status !== 0) throw new Error(applied.stderr)
}

/** The way of `kubeconfigFile()` to the API server, for requests that kubectl can't make. */
export function adminAccess(): { readonly server: string; readonly token: string } {
  return { server: `https://127.0.0.1:${clusterEnv.KUBE_PORT}`, token: 'admin-token' }
}

/** Kills the API server as a crash would, also one that was started again and again by several hands. */
export function killApiServer(root: string): void {
  realCluster(root, 'kill', 'apiserver')
  spawnSync('pkill', ['-KILL', '-f', `kube-apiserver .*--secure-port=${clusterEnv.KUBE_PORT} `])
}
