import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { KubeConfig } from './client-node.ts'

/** Where a pod finds its service account (k/k: client-go rest.InClusterConfig). */
const serviceAccountToken = '/var/run/secrets/kubernetes.io/serviceaccount/token'

/** What the user asked for can't be had; the message is one line that names the option and the remedy. */
export class KubeConfigError extends Error {}

export interface ChosenCluster {
  readonly config: KubeConfig
  /** For people: the context, or "in-cluster". */
  readonly name: string
}

/**
 * Chooses the cluster: the files of `kubeconfig` (as in KUBECONFIG, separated by `:` or, on Windows,
 * `;`), else ~/.kube/config, else the pod's service account, else null (then the demo is started).
 * @param context a context's name; empty: the kubeconfig's current one
 * @throws KubeConfigError
 */
export function chooseCluster(kubeconfig: string, context: string): ChosenCluster | null {
  const files = kubeconfig === '' ? [] : kubeconfig.split(delimiter).filter((file) => file !== '')
  for (const file of files) {
    if (!existsSync(file)) {
      throw new KubeConfigError(
        `--kubeconfig: there is no file ${file}; name an existing one, or unset KUBECONFIG for the demo`,
      )
    }
  }
  const home = join(homedir(), '.kube', 'config')
  if (files.length === 0 && existsSync(home)) files.push(home)
  if (files.length > 0) return fromFiles(files, context)
  if (existsSync(serviceAccountToken) && process.env.KUBERNETES_SERVICE_HOST) {
    const config = new KubeConfig()
    config.loadFromCluster()
    return { config, name: 'in-cluster' }
  }
  if (context !== '') {
    throw new KubeConfigError(
      `--context: there is no kubeconfig to find context "${context}" in; name one with --kubeconfig`,
    )
  }
  return null
}

function fromFiles(files: readonly string[], context: string): ChosenCluster {
  const config = new KubeConfig()
  for (const [index, file] of files.entries()) {
    try {
      if (index === 0) {
        config.loadFromFile(file)
      } else {
        const next = new KubeConfig()
        next.loadFromFile(file)
        config.mergeConfig(next, true)
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
      throw new KubeConfigError(
        `--kubeconfig: ${file} can't be read as a kubeconfig (${reason}); check it with: kubectl config view`,
      )
    }
  }
  if (context !== '') {
    if (!config.getContextObject(context)) {
      const known = config.getContexts().map((each) => each.name)
      throw new KubeConfigError(`--context: there is no context "${context}"; known: ${known.join(', ') || 'none'}`)
    }
    config.setCurrentContext(context)
  }
  if (!config.getCurrentCluster()) {
    throw new KubeConfigError(`--context: the kubeconfig's current context names no cluster; choose one with --context`)
  }
  return { config, name: config.getCurrentContext() }
}
