import { Fragment } from 'react'
import type { Severity } from '../../domain/health/severity.ts'
import type { KindStatus } from '../../domain/live/protocol.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { numberText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'

const look: Readonly<Record<KindStatus['state'], Severity | null>> = {
  waiting: 'progress',
  listing: 'progress',
  live: 'ok',
  retrying: 'error',
  forbidden: 'warning',
  absent: null,
}

const words: Readonly<Record<KindStatus['state'], string>> = {
  waiting: 'Waiting its turn',
  listing: 'Reading',
  live: 'Live',
  retrying: 'Retrying',
  forbidden: 'Forbidden',
  absent: 'Not in this cluster',
}

/** Kind by kind: is it heard, how much of it there is, when it was last heard. */
export function KindTable({ kinds }: { readonly kinds: readonly KindStatus[] }) {
  return (
    <Panel title="What the watcher hears" bodyClassName="">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-line border-t text-left">
            <th scope="col" className="caption px-4 py-2">
              Kind
            </th>
            <th scope="col" className="caption py-2 pr-3">
              State
            </th>
            <th scope="col" className="caption py-2 pr-4 text-right">
              Objects
            </th>
            <th scope="col" className="caption py-2 pr-4 text-right">
              <span className="max-sm:hidden">Last heard</span>
              <span className="sm:hidden">Heard</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => {
            const severity = look[kind.state]
            return (
              <Fragment key={kind.kind}>
                <tr data-severity={severity ?? 'none'} className="border-line border-t align-top">
                  <th scope="row" className="px-4 py-2 text-left font-medium">
                    {kind.kind}
                  </th>
                  <td className="py-2 pr-3">
                    <span className="flex items-center gap-2">
                      {severity && <SeverityGlyph severity={severity} label={false} size="0.9375rem" />}
                      <span className={severity === 'ok' || severity === null ? 'text-ink-2' : 'font-semibold text-s'}>
                        {words[kind.state]}
                      </span>
                    </span>
                  </td>
                  <td className="py-2 pr-4 text-right">{numberText(kind.objects)}</td>
                  <td className="whitespace-nowrap py-2 pr-4 text-right text-ink-2">
                    {kind.lastHeardAt === null ? 'never' : <Age at={kind.lastHeardAt} suffix=" ago" />}
                  </td>
                </tr>
                {kind.message !== '' && (
                  <tr>
                    <td colSpan={4} className="px-4 pb-2 text-ink-2 text-xs">
                      <Words text={kind.message} />
                    </td>
                  </tr>
                )}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </Panel>
  )
}
