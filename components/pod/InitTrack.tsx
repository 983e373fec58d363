import type { ContainerDetail } from '../../domain/live/protocol.ts'
import { countText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'
import { ContainerCard } from './ContainerCard.tsx'
import { initStep } from './container-look.ts'

const stepWords = { done: 'done', running: 'running', waiting: 'waiting its turn', failed: 'failed' } as const
const stepSeverity = { done: 'ok', running: 'progress', waiting: 'none', failed: 'error' } as const

/** Init containers and native sidecars in the order in which the kubelet starts them. */
export function InitTrack({ containers }: { readonly containers: readonly ContainerDetail[] }) {
  const steps = containers.filter((container) => container.type === 'init')
  const done = steps.filter((container) => initStep(container) === 'done').length
  const sidecars = containers.length - steps.length
  const parts = [
    steps.length > 0 ? `${done} of ${countText(steps.length, 'init container')} done` : '',
    sidecars > 0 ? countText(sidecars, 'sidecar') : '',
  ].filter((part) => part !== '')
  return (
    <Panel title={steps.length > 0 ? 'Init containers' : 'Sidecars'} count={parts.join(', ')} bodyClassName="">
      <ol className="border-line border-t">
        {containers.map((container, index) => {
          const step = initStep(container)
          const running = container.type === 'sidecar' && step === 'running'
          return (
            <li
              key={container.name}
              data-severity={running ? 'ok' : stepSeverity[step]}
              className="relative grid grid-cols-[2.5rem_minmax(0,1fr)]"
            >
              <div className="flex flex-col items-center" aria-hidden="true">
                <span className={`w-0.5 flex-none ${index === 0 ? 'h-4' : 'h-4 bg-line'}`} />
                <span className="grid h-6 w-6 place-items-center rounded-full border-2 border-s-fill bg-surface font-bold text-s text-xs">
                  {index + 1}
                </span>
                <span className={`w-0.5 flex-1 ${index === containers.length - 1 ? '' : 'bg-line'}`} />
              </div>
              <ContainerCard container={container} step={running ? 'running as it should' : stepWords[step]} />
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}
