import type { DemoUser } from './api/users.ts'

/** A kubeconfig for a demo API server, for kubectl and for client-node (which takes http only with insecure-skip-tls-verify). */
export function kubeconfigText(server: string, user?: DemoUser): string {
  const name = user?.name ?? 'demo'
  return `apiVersion: v1
kind: Config
current-context: plumbline-demo
clusters:
- name: plumbline-demo
  cluster:
    server: ${server}
    insecure-skip-tls-verify: true
users:
- name: ${JSON.stringify(name)}
  user: ${user ? `{token: ${JSON.stringify(user.token)}}` : '{}'}
contexts:
- name: plumbline-demo
  context: {cluster: plumbline-demo, user: ${JSON.stringify(name)}}
`
}
