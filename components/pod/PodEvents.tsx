'use client'

import { useState } from 'react'
import type { PodEvent } from '../../domain/live/protocol.ts'
import { SeverityGlyph } from '../kube/SeverityGlyph.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { KindNote } from '../live/KindNote.tsx'
import { useRecords } from '../live/use-record.ts'
import { countText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'

const shownAtFirst = 8

/** Kubernetes' events of this pod, newest first. They are hints: the API server forgets them after an hour or so. */
export function PodEvents({ room }: { readonly room: string }) {
  const records = useRecords<PodEvent>(room, 'event/')
  const [all, setAll] = useState(false)
  const events = [...records].sort(([, a], [, b]) => b.lastAt - a.lastAt)
  return (
    <Panel title="Events" count={events.length} bodyClassName="">
      <div className="px-4 pb-2 empty:hidden">
        <KindNote kind="Event" without="probe failures and the kubelet’s kills can’t be told." />
      </div>
      {events.length === 0 ? (
        <p className="px-4 pb-4 text-ink-3 text-sm">
          None kept. The API server forgets events after about an hour; that there are none proves nothing.
        </p>
      ) : (
        <ul className="divide-y divide-line border-line border-t">
          {events.slice(0, all ? events.length : shownAtFirst).map(([key, event]) => (
            <li key={key} className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3 px-4 py-2 text-sm">
              <span className="w-4 pt-px">
                {event.type !== 'Normal' && <SeverityGlyph severity="warning" size="0.9375rem" />}
              </span>
              <div className="min-w-0">
                <p className="flex flex-wrap gap-x-2">
                  <Words text={event.reason} className="font-semibold" />
                  {event.container !== null && (
                    <span className="text-ink-3">
                      container <Words text={event.container} />
                    </span>
                  )}
                </p>
                <Words text={event.message} className="line-clamp-5 whitespace-pre-wrap text-ink-2" />
              </div>
              <p className="text-right text-ink-2">
                <Age at={event.lastAt} />
                {event.count > 1 && (
                  <span className="block text-ink-3 text-xs">
                    ×{event.count} in <Age at={event.firstAt} />
                  </span>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
      {!all && events.length > shownAtFirst && (
        <p className="border-line border-t px-4 py-2 text-sm">
          <button type="button" className="link" onClick={() => setAll(true)}>
            {countText(events.length - shownAtFirst, 'older event')}
          </button>
        </p>
      )}
    </Panel>
  )
}
