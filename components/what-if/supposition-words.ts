import { topologyWord } from '../kube/topology-key.ts'
import { countText } from '../ui/count-text.ts'
import { visibleText } from '../ui/visible-text.ts'
import type { Suppositions } from './what-if-url.ts'

export interface SuppositionWords {
  readonly key: string
  readonly text: string
  /** All others. */
  readonly without: Suppositions
}

/** Each supposition as a sentence, and what is left when it is taken back. */
export function suppositionWords(supposed: Suppositions): readonly SuppositionWords[] {
  const { zones, nodes, scale, add, spread } = supposed
  return [
    ...zones.map((zone) => ({
      key: `zone ${zone}`,
      text: visibleText(`zone ${zone} is lost`),
      without: { ...supposed, zones: zones.filter((each) => each !== zone) },
    })),
    ...nodes.map((node) => ({
      key: `node ${node}`,
      text: visibleText(`node ${node} is lost`),
      without: { ...supposed, nodes: nodes.filter((each) => each !== node) },
    })),
    ...add.map((each) => ({
      key: `add ${each.like} ${each.zone} ${each.count}`,
      text: visibleText(
        `${countText(each.count, 'node')} like ${each.like} ${each.count === 1 ? 'is' : 'are'} added${each.zone ? ` in zone ${each.zone}` : ''}`,
      ),
      without: { ...supposed, add: add.filter((other) => other !== each) },
    })),
    ...scale.map((each) => ({
      key: `scale ${each.namespace}/${each.name}`,
      text: visibleText(`${each.namespace}/${each.name} has ${countText(each.replicas, 'replica')}`),
      without: { ...supposed, scale: scale.filter((other) => other !== each) },
    })),
    ...spread.map((each) => ({
      key: `spread ${each.namespace}/${each.name} ${each.topologyKey}`,
      text: visibleText(
        `${each.namespace}/${each.name} by ${topologyWord(each.topologyKey)} has ${[
          ...(each.maxSkew === null ? [] : [`maxSkew ${each.maxSkew}`]),
          ...(each.whenUnsatisfiable === null ? [] : [each.whenUnsatisfiable]),
        ].join(', ')}`,
      ),
      without: { ...supposed, spread: spread.filter((other) => other !== each) },
    })),
  ]
}
