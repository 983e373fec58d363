import type { PodCondition } from '../../domain/model/pod.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { Panel } from '../ui/Panel.tsx'

/** Conditions that say something bad when they are True; of all others True is good. */
const badWhenTrue = new Set(['DisruptionTarget', 'PodResizePending'])

/** The pod's conditions in the order of its life, with the reason where one isn't met. */
export function PodConditions({ conditions }: { readonly conditions: readonly PodCondition[] }) {
  return (
    <Panel title="Conditions">
      {conditions.length === 0 ? (
        <p className="text-ink-3 text-sm">None reported.</p>
      ) : (
        <ul className="flex flex-col gap-2 text-sm">
          {conditions.map((condition) => {
            const met = (condition.status === 'True') !== badWhenTrue.has(condition.type)
            return (
              <li key={condition.type} className="flex gap-2">
                <span className="pt-px">
                  <SeverityGlyph severity={met ? 'ok' : 'warning'} label={false} size="0.9375rem" />
                </span>
                <div className="min-w-0 flex-1">
                  <p className="flex flex-wrap gap-x-2">
                    <Words text={condition.type} className="font-medium" />
                    <span className={met ? 'text-ink-3' : 'font-semibold text-warning'}>{condition.status}</span>
                    {condition.lastTransitionTime !== null && (
                      <span className="ml-auto text-ink-3">
                        <Age at={condition.lastTransitionTime} />
                      </span>
                    )}
                  </p>
                  {!met && (condition.reason !== '' || condition.message !== '') && (
                    <Words
                      text={[condition.reason, condition.message].filter((text) => text !== '').join(': ')}
                      className="block text-ink-2 text-xs"
                    />
                  )}
                </div>
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
