import { request } from 'undici'
import { jsonLines } from '../../server/cluster/json-lines.ts'

/** The least that anyone must do to know a cluster: read every kind once from the API server and parse it. Prints ms and bytes. */
const [server = ''] = process.argv.slice(2)
const paths = [
  'api/v1/namespaces',
  'api/v1/nodes',
  'apis/apps/v1/deployments',
  'apis/apps/v1/replicasets',
  'apis/apps/v1/statefulsets',
  'apis/apps/v1/daemonsets',
  'apis/batch/v1/cronjobs',
  'apis/batch/v1/jobs',
  'api/v1/services',
  'apis/discovery.k8s.io/v1/endpointslices',
  'api/v1/pods',
  'api/v1/events',
]
let bytes = 0
let objects = 0
const began = performance.now()
for (const path of paths) {
  const query =
    'watch=1&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&timeoutSeconds=300'
  const { body } = await request(`${server}/${path}?${query}`, { bodyTimeout: 0 })
  read: for await (const lines of jsonLines(body)) {
    for (const line of lines) {
      bytes += line.length
      const event = JSON.parse(line) as { type: string; object: { metadata: { annotations?: Record<string, string> } } }
      objects += 1
      if (event.type === 'BOOKMARK' && event.object.metadata.annotations?.['k8s.io/initial-events-end']) break read
    }
  }
  body.destroy()
}
console.log(JSON.stringify({ ms: performance.now() - began, bytes, objects }))
process.exit(0)
