'use client'

import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { spanWords } from '../../domain/health/span-words.ts'
import type { ContainerDetail } from '../../domain/live/protocol.ts'
import { RoleChip } from '../container/RoleChip.tsx'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { useServerNow } from '../live/use-clock-text.ts'
import { countText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'
import type { TimeScale } from '../ui/time-scale.ts'
import { ContainerBody } from './ContainerBody.tsx'
import { InitBar } from './InitBar.tsx'
import { stepLook } from './init-look.ts'
import { initScale } from './init-scale.ts'
import type { InitUsual } from './init-usual.ts'
import type { PodHistoryRecord } from './pod-history.ts'
import { TimeAxis } from './TimeAxis.tsx'

/** Init containers and native sidecars in the order in which the kubelet starts them, on one scale of time. */
export function InitTrack({
  containers,
  since,
  usual,
  history,
}: {
  readonly containers: readonly ContainerDetail[]
  /** When the pod got its node, ms; null where unknown. */
  readonly since: number | null
  readonly usual: ReadonlyMap<string, InitUsual>
  readonly history: PodHistoryRecord | null
}) {
  const now = useServerNow(1_000)
  const scale = initScale(containers, history, since, now)
  const steps = containers.filter((container) => container.type === 'init')
  const done = steps.filter((container) => container.init?.state === 'done').length
  const sidecars = containers.length - steps.length
  const parts = [
    steps.length > 0 ? `${done} of ${countText(steps.length, 'step')} done` : '',
    sidecars > 0 ? countText(sidecars, 'native sidecar') : '',
  ].filter((part) => part !== '')
  return (
    <Panel title={steps.length > 0 ? 'Init containers' : 'Native sidecars'} count={parts.join(', ')} bodyClassName="">
      <ol className="divide-y divide-line border-line border-t">
        {containers.map((container) => (
          <Step
            key={container.name}
            container={container}
            scale={scale}
            now={now}
            usual={usual.get(container.name) ?? null}
            history={history}
          />
        ))}
      </ol>
      {scale !== null && (
        <div className="grid border-line border-t px-4 py-1 md:grid-cols-[minmax(0,15rem)_minmax(0,1fr)_9.5rem] md:gap-x-4">
          <div className="md:col-start-2">
            <TimeAxis scale={scale} ticks={4} />
          </div>
        </div>
      )}
    </Panel>
  )
}

function Step({
  container,
  scale,
  now,
  usual,
  history,
}: {
  readonly container: ContainerDetail
  readonly scale: TimeScale | null
  readonly now: number
  readonly usual: InitUsual | null
  readonly history: PodHistoryRecord | null
}) {
  const id = useId()
  const look = stepLook(container)
  const needsLook = look.severity === 'error' || container.init?.blocks === true
  const [chosen, setChosen] = useState<boolean | null>(null)
  const open = chosen ?? needsLook
  const step = (container.init?.index ?? 0) + 1
  return (
    <li data-severity={look.severity} data-step={container.name} data-state={container.init?.state}>
      <div className="relative grid items-center gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-sunken/50 md:grid-cols-[minmax(0,15rem)_minmax(0,1fr)_9.5rem]">
        <div className="flex min-w-0 items-center gap-2.5">
          <span
            aria-hidden="true"
            className="grid h-6 w-6 shrink-0 place-items-center rounded-full border-2 border-s-fill bg-surface font-bold text-s text-xs"
          >
            {step}
          </span>
          <div className="min-w-0 flex-1">
            <h3>
              <button
                type="button"
                aria-expanded={open}
                aria-controls={open ? id : undefined}
                onClick={() => setChosen(!open)}
                className="max-w-full text-left font-semibold leading-5 after:absolute after:inset-0"
              >
                <Words text={container.name} />
              </button>
            </h3>
            <p className="text-sm">
              <span className="font-medium text-s">{look.words}</span>
              {container.init?.blocks && <span className="text-ink-2">, holds up the pod</span>}
            </p>
          </div>
          <ChevronRight
            size={15}
            aria-hidden="true"
            className={`shrink-0 text-ink-3 transition-transform md:order-first md:-mr-1 ${open ? 'rotate-90' : ''}`}
          />
        </div>
        <InitBar container={container} scale={scale} now={now} history={history} usual={usual} />
        <Duration container={container} usual={usual} />
      </div>
      {open && (
        <div id={id} className="flex flex-col gap-3 px-4 pt-1 pb-4 md:pl-[4.25rem]">
          <div>
            <RoleChip finding={container.role} container={container.name} />
          </div>
          <ContainerBody container={container} history={history} />
        </div>
      )}
    </li>
  )
}

/** How long the step took or takes, how often it was tried, and what is usual. */
function Duration({ container, usual }: { readonly container: ContainerDetail; readonly usual: InitUsual | null }) {
  const { init } = container
  if (init === null) return null
  const { startedAt, finishedAt, tries, state } = init
  return (
    <div className="text-sm max-md:flex max-md:flex-wrap max-md:gap-x-2 max-md:pl-[2.125rem] md:text-right">
      {startedAt !== null && (
        <p className="font-medium">
          {finishedAt === null ? (
            <>
              {state === 'started' ? 'runs ' : ''}
              <Age at={startedAt} />
            </>
          ) : (
            spanWords(finishedAt - startedAt)
          )}
          {tries > 1 && <span className="text-ink-2">, try {tries}</span>}
        </p>
      )}
      {usual !== null && (
        <p className="text-2xs text-ink-3">
          usual: median {spanWords(usual.median)}, p90 {spanWords(usual.p90)} of {usual.runs} earlier
        </p>
      )}
    </div>
  )
}
