import { startDemoApiServer } from '/work/main/demo/api-server.ts'
import { KubeConfig } from '@kubernetes/client-node'
import { connect } from '/work/main/server/cluster/connection.ts'
import { ClusterWatcher } from '/work/main/server/cluster/cluster-watcher.ts'
const big = process.argv[2] === 'big'
const s = await startDemoApiServer({ world: big ? { nodes: 1000, pods: 30000, churnPerSecond: 200 } : 'shop', features: { watchList: process.argv[3] !== 'nolist' } })
const config = new KubeConfig(); config.loadFromString(s.kubeconfig())
const kept = new Map<string, Map<string, string>>()
const kind = (k: string) => kept.get(k) ?? (kept.set(k, new Map()), kept.get(k)!)
const t0 = performance.now()
const w = new ClusterWatcher({
  connection: connect(config, 'smoke'), now: Date.now, uids: (k) => kind(k).keys(), onStatus() {}, onVersion() {}, async onDiscovered(d: any) { console.log(d.gitVersion, d.streamingLists) },
  sink: { apply(o: any) { kind(o.kind).set(o.uid, o.resourceVersion) }, remove(k: any, uid: any) { kind(k).delete(uid) }, retain(k: any, uids: any) { let n = 0; for (const u of [...kind(k).keys()]) if (!uids.has(u)) { kind(k).delete(u); n++ } return n }, version: (k: any, u: any) => kind(k).get(u), synced(k: any) { console.log('synced', k, Math.round(performance.now() - t0)) }, withdrawn() {}, rewound() {} } as any,
} as any)
w.start()
await new Promise((f) => setTimeout(f, 9000))
s.load?.stop()
await new Promise((f) => setTimeout(f, 1500))
const plurals: any = { Pod: 'pods', Node: 'nodes', Event: 'events', Service: 'services', EndpointSlice: 'endpointslices', ReplicaSet: 'replicasets', Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets', Job: 'jobs', CronJob: 'cronjobs', Namespace: 'namespaces' }
for (const [k, p] of Object.entries(plurals) as any) { const truth = s.versions(p); let diff = 0; for (const [u, v] of truth) if (kind(k).get(u) !== v) diff++; console.log(k, truth.size, kind(k).size, 'diff', diff) }
console.log(w.kinds.map((k: any) => `${k.kind}:${k.state}:${k.message}`).join(' '))
console.log(JSON.stringify(w.budget.counts()))
await w.stop(); await s.stop(); process.exit()
