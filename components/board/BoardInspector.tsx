'use client'

import Link from 'next/link'
import { severities } from '../../domain/health/severity.ts'
import { podsAddress } from '../kube/addresses.ts'
import { SeverityBar } from '../kube/SeverityBar.tsx'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { severityNouns, severityWords } from '../kube/severity-words.ts'
import { countText, numberText } from '../ui/count-text.ts'
import { whatIfAddress } from '../what-if/what-if-url.ts'
import { type BoardModel, notReadyIn, sumCounts } from './board-model.ts'
import type { BoardPlace } from './board-places.ts'
import { NodePanel } from './NodePanel.tsx'
import { zoneWords } from './place-words.ts'

/** What is chosen on the board, in words, with what can be asked of it. */
export function BoardInspector({ model, place }: { readonly model: BoardModel; readonly place: BoardPlace | null }) {
  if (place && (place.level === 'node' || place.level === 'pod')) {
    const name = model.names[place.node]
    return name === undefined ? null : <NodePanel name={name} pod={place.level === 'pod' ? place.pod : null} />
  }
  if (place?.level === 'zone') {
    const zone = model.zones[place.zone]
    if (zone) return <ZonePanel model={model} name={zone.name} from={zone.from} to={zone.to} />
  }
  return <WholePanel model={model} />
}

function ZonePanel({
  model,
  name,
  from,
  to,
}: {
  readonly model: BoardModel
  readonly name: string | null
  readonly from: number
  readonly to: number
}) {
  const notReady = notReadyIn(model, from, to)
  return (
    <section aria-label={zoneWords(name)} className="panel flex flex-col gap-3 p-4">
      <h2 className="font-semibold text-lg">{zoneWords(name)}</h2>
      <Counts model={model} from={from} to={to} />
      <dl className="grid grid-cols-2 gap-2 text-sm">
        <div>
          <dt className="caption">Nodes</dt>
          <dd className="font-semibold">{numberText(to - from)}</dd>
        </div>
        <div data-severity={notReady > 0 ? 'error' : 'none'}>
          <dt className="caption">Not ready</dt>
          <dd className={notReady > 0 ? 'font-bold text-s' : 'font-semibold'}>{numberText(notReady)}</dd>
        </div>
      </dl>
      {name !== null && (
        <>
          <Link
            href={whatIfAddress({ zones: [name] })}
            prefetch={false}
            className="field grid place-items-center font-medium"
          >
            What if {name} is lost?
          </Link>
          <Link href={podsAddress({ zone: name })} prefetch={false} className="link text-sm">
            Its pods in the table
          </Link>
        </>
      )}
    </section>
  )
}

function WholePanel({ model }: { readonly model: BoardModel }) {
  const homeless = severities.reduce((sum, severity) => sum + model.homeless[severity], 0)
  return (
    <section aria-label="All nodes" className="panel flex flex-col gap-3 p-4">
      <h2 className="font-semibold text-lg">{countText(model.names.length, 'node')}</h2>
      <Counts model={model} from={0} to={model.names.length} />
      {homeless > 0 && (
        <p data-severity="warning" className="text-sm">
          <Link href="/placement?tab=pending" prefetch={false} className="link font-semibold text-s">
            {countText(homeless, 'pod')} without a node
          </Link>
        </p>
      )}
      <div className="border-line border-t pt-3 text-ink-2 text-sm">
        <h3 className="caption mb-1.5">How to read it</h3>
        <ul className="mb-3 grid grid-cols-2 gap-1">
          {severities.map((severity) => (
            <li key={severity} className="flex items-center gap-1.5">
              <SeverityGlyph severity={severity} label={false} size="0.875rem" />
              {severityWords[severity]}
            </li>
          ))}
        </ul>
        <p>
          Every box is a node, every cell a pod, the worst first. From far away a node fills from below with its pods; a
          mark says what would be too thin to see. Red hatching: not ready. Grey hatching: cordoned.
        </p>
        <p className="mt-2 max-sm:hidden">
          Drag and scroll to move and zoom. Keys: arrows, <kbd>Enter</kbd> in, <kbd>Esc</kbd> out, <kbd>+</kbd>{' '}
          <kbd>−</kbd> <kbd>0</kbd>.
        </p>
      </div>
    </section>
  )
}

function Counts({ model, from, to }: { readonly model: BoardModel; readonly from: number; readonly to: number }) {
  const counts = sumCounts(model, from, to)
  return (
    <div>
      <SeverityBar counts={counts} className="h-2" />
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {severities.map((severity) => (
          <li key={severity} className="flex items-center gap-1.5">
            <SeverityGlyph severity={severity} label={false} size="0.875rem" />
            <span className="font-semibold">{numberText(counts[severity])}</span>
            <span className="text-ink-2">{severityNouns[severity][counts[severity] === 1 ? 0 : 1]}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
