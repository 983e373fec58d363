import { execFileSync } from 'node:child_process'
import { kubeconfigFile } from './real-cluster.ts'

export function kubectl(...parameters: string[]): string {
  return execFileSync('kubectl', parameters, {
    encoding: 'utf8',
    env: { ...process.env, KUBECONFIG: kubeconfigFile() },
    maxBuffer: 1 << 28,
  })
}

/** STATUS, READY and RESTARTS of every pod, as `kubectl get pods -A` prints them, by "namespace/name". */
export function kubectlPods(): Map<string, string> {
  const pods = new Map<string, string>()
  for (const line of kubectl('get', 'pods', '-A', '--no-headers').split('\n')) {
    const [namespace, name, ready, status, restarts] = line.trim().split(/\s+/)
    if (name) pods.set(`${namespace}/${name}`, `${status} ${ready} ${restarts}`)
  }
  return pods
}
