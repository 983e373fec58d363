import type { ByteSink } from '../api/byte-sink.ts'
import type { KubernetesObject, StoredObject } from '../api/kubernetes-object.ts'
import { uidOf } from './identifiers.ts'
import type { LoadLayout } from './load-layout.ts'
import { objectOf } from './load-pod.ts'
import { nodeGaps, nodeSample } from './node-sample.ts'
import { archetypes, specOf } from './pod-sample.ts'
import { TextTemplate } from './text-template.ts'
import { deploymentSample, replicaSetSample, workloadGaps } from './workload-sample.ts'

/** An object that is put into text from a few values whenever it is read; the first two are its uid and its revision. */
class FilledObject implements StoredObject {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly revision: number
  readonly #template: TextTemplate<string>
  readonly #values: readonly string[]

  constructor(
    identity: { readonly namespace: string; readonly name: string; readonly uid: string },
    revision: number,
    template: TextTemplate<string>,
    values: readonly string[],
  ) {
    this.namespace = identity.namespace
    this.name = identity.name
    this.uid = identity.uid
    this.revision = revision
    this.#template = template
    this.#values = values
  }

  writeRest(sink: ByteSink): void {
    this.#template.write(sink, [this.uid, String(this.revision), ...this.#values])
  }

  object(): KubernetesObject {
    return objectOf(this)
  }

  at(revision: number): StoredObject {
    return new FilledObject(this, revision, this.#template, this.#values)
  }
}

/** Makes the objects around the pods. Times are seconds after the layout's epoch. */
export class LoadObjects {
  readonly #layout: LoadLayout
  readonly #node = new TextTemplate<string>(nodeSample, nodeGaps)
  readonly #namespace = new TextTemplate<string>(
    {
      metadata: {
        name: '⟦name⟧',
        uid: '⟦uid⟧',
        resourceVersion: '⟦revision⟧',
        creationTimestamp: '⟦created⟧',
        labels: { 'kubernetes.io/metadata.name': '⟦name⟧' },
      },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    },
    ['uid', 'revision', 'name', 'created'],
  )
  readonly #workloads = archetypes.map((archetype) => ({
    deployment: new TextTemplate<string>(deploymentSample(specOf(archetype)), workloadGaps),
    replicaSet: new TextTemplate<string>(replicaSetSample(specOf(archetype)), workloadGaps),
  }))

  constructor(layout: LoadLayout) {
    this.#layout = layout
  }

  node(index: number, revision: number, heartbeat: number): StoredObject {
    const layout = this.#layout
    const name = layout.nodeName(index)
    const identity = { namespace: '', name, uid: uidOf(index, 4) }
    return new FilledObject(identity, revision, this.#node, [
      name,
      layout.zoneOf(index),
      layout.hostIP(index),
      layout.time(-(index % 1000) * 3600 - 86_400),
      layout.time(heartbeat),
    ])
  }

  namespace(index: number, revision: number): StoredObject {
    const name = this.#layout.namespaceName(index)
    const identity = { namespace: '', name, uid: uidOf(index, 5) }
    return new FilledObject(identity, revision, this.#namespace, [name, this.#layout.time(-9_000_000)])
  }

  deployment(workload: number, revision: number): StoredObject {
    const name = this.#layout.appOf(workload)
    const identity = { namespace: this.#layout.namespaceOf(workload), name, uid: this.#layout.deploymentUid(workload) }
    const template = this.#workloads[workload % this.#workloads.length]?.deployment
    if (!template) throw new RangeError('no archetype')
    return new FilledObject(identity, revision, template, this.#values(workload))
  }

  replicaSet(workload: number, revision: number): StoredObject {
    const name = this.#layout.replicaSetName(workload)
    const identity = { namespace: this.#layout.namespaceOf(workload), name, uid: uidOf(workload, 2) }
    const template = this.#workloads[workload % this.#workloads.length]?.replicaSet
    if (!template) throw new RangeError('no archetype')
    return new FilledObject(identity, revision, template, this.#values(workload))
  }

  /** In the order of `workloadGaps`, without uid and revision. */
  #values(workload: number): readonly string[] {
    const layout = this.#layout
    return [
      layout.namespaceOf(workload),
      layout.appOf(workload),
      layout.hashOf(workload),
      layout.replicaSetName(workload),
      layout.deploymentUid(workload),
      String(layout.podsOf(workload).count),
      layout.time(-(workload % 500) * 7200 - 90_000),
      'token',
    ]
  }
}
