import { execFileSync } from 'node:child_process'
import { kubeconfigFile } from './real-cluster.ts'

/** Runs kubectl; a server that is just coming back is asked again for up to a minute. */
export function kubectl(...parameters: string[]): string {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return execFileSync('kubectl', parameters, {
        encoding: 'utf8',
        env: { ...process.env, KUBECONFIG: kubeconfigFile() },
        maxBuffer: 1 << 28,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
    } catch (error) {
      const text = String((error as { stderr?: unknown }).stderr ?? error)
      if (attempt >= 60 || !/refused|EOF|reset|timeout|unavailable|starting|InternalError|Forbidden/i.test(text))
        throw error
      execFileSync('sleep', ['1'])
    }
  }
}

/** STATUS, READY and RESTARTS of every pod, as `kubectl get pods -A` prints them, by "namespace/name". */
export function kubectlPods(): Map<string, string> {
  const pods = new Map<string, string>()
  for (const line of kubectl('get', 'pods', '-A', '--no-headers').split('\n')) {
    // STATUS may hold blanks, and columns are at least two apart.
    const [namespace, name, ready, status, restarts = ''] = line.trim().split(/ {2,}/)
    if (name) pods.set(`${namespace}/${name}`, `${status} ${ready} ${restarts.split(' ')[0]}`)
  }
  return pods
}
