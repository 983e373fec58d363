import { startDemoApiServer } from '../demo/api-server.ts'
import { KubeConfig } from './cluster/client-node.ts'
import type { ChosenCluster } from './cluster/kube-config.ts'

/** Starts the demo cluster in this process and gives the way to it: a kubeconfig, as for any other cluster. */
export async function startEmbeddedDemo(seed: number): Promise<ChosenCluster & { stop(): Promise<void> }> {
  const server = await startDemoApiServer({ world: 'shop', seed })
  const config = new KubeConfig()
  config.loadFromString(server.kubeconfig())
  return { config, name: 'demo', stop: () => server.stop() }
}
