import { Check, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import type { PendingPodRecord } from '../../domain/live/protocol.ts'
import type { PendingExplanation } from '../../domain/placement/pending-explanation.ts'
import { boardAddress } from '../kube/addresses.ts'
import { nodeTitles } from '../kube/node-titles.ts'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { countText, numberText } from '../ui/count-text.ts'
import { reasonOf } from './pending-words.ts'

const namedNodes = 6

/** Why a pod has no node, whole: found by running the scheduler's filters, beside what it said itself. */
export function PendingDetail({ pod }: { readonly pod: PendingPodRecord }) {
  const { explanation } = pod
  return (
    <div className="grid gap-x-8 gap-y-4 px-4 pb-5 text-sm sm:pl-13 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        {pod.gates.length > 0 && (
          <section>
            <h2 className="caption mb-1">Scheduling gates</h2>
            <p>
              Until whoever set {pod.gates.length === 1 ? 'this gate' : 'these gates'} takes{' '}
              {pod.gates.length === 1 ? 'it' : 'them'} away, the scheduler doesn’t look at the pod:{' '}
              {pod.gates.map((gate) => (
                <Words key={gate} text={gate} className="mr-1.5 font-mono text-xs" />
              ))}
            </p>
          </section>
        )}
        {pod.nominatedNode !== null && (
          <p>
            Nominated for node <Words text={pod.nominatedNode} className="font-semibold" />: pods of lower priority are
            being moved out of its way there.
          </p>
        )}
        {explanation ? <Reasons explanation={explanation} /> : <p className="text-ink-2">Not worked out yet.</p>}
        {explanation && explanation.unseen.length > 0 && (
          <section>
            <h2 className="caption mb-1">What the scheduler sees and Plumbline doesn’t</h2>
            <ul className="list-disc pl-5 text-ink-2">
              {explanation.unseen.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {explanation && <Changes explanation={explanation} />}
        <Said pod={pod} />
      </div>
    </div>
  )
}

function Reasons({ explanation }: { readonly explanation: PendingExplanation }) {
  const { reasons, nodes, feasible, feasibleNodes, message } = explanation
  return (
    <section className="min-w-0">
      <h2 className="caption mb-1.5">
        {feasible > 0
          ? `${numberText(feasible)} of ${countText(nodes, 'node')} could take it`
          : `Why none of ${countText(nodes, 'node')} can take it`}
      </h2>
      {feasible > 0 && (
        <p className="mb-2">
          <NodeNames names={feasibleNodes} all={feasible} />. The scheduler will place it, or something keeps it that
          isn’t seen here.
        </p>
      )}
      {reasons.length > 0 && (
        <ul className="flex flex-col divide-y divide-line border-line border-y">
          {reasons.map((reason) => (
            <li key={reason.reason} className="grid grid-cols-[3.5rem_minmax(0,1fr)] gap-x-3 py-2">
              <span className="text-right font-semibold text-lg leading-6">{numberText(reason.nodes)}</span>
              <div className="min-w-0">
                <p className="font-medium">
                  <bdi>
                    {reason.nodes === 1 ? 'node' : 'nodes'} {reasonOf(reason.words, reason.nodes)}
                  </bdi>
                </p>
                <Words text={reason.reason} className="block font-mono text-2xs text-ink-2" />
                <p className="text-ink-3 text-xs">
                  <NodeNames names={reason.examples} all={reason.nodes} />
                  {reason.preemptible && '; moving pods of lower priority away might help'}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
      {message !== '' && (
        <p className="mt-2 text-ink-3 text-xs">
          As the scheduler would say it now: <Words text={message} className="font-mono text-ink-2" />
        </p>
      )}
    </section>
  )
}

function NodeNames({ names, all }: { readonly names: readonly string[]; readonly all: number }) {
  const shown = names.slice(0, namedNodes)
  const titles = nodeTitles(names)
  return (
    <>
      {shown.map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <Link href={boardAddress({ node: name })} prefetch={false} className="link">
            <Words text={titles[index] ?? name} />
          </Link>
        </span>
      ))}
      {all > shown.length && ` and ${numberText(all - shown.length)} more`}
    </>
  )
}

function Changes({ explanation }: { readonly explanation: PendingExplanation }) {
  const { changes, feasible } = explanation
  if (feasible > 0) return null
  return (
    <section>
      <h2 className="caption mb-1.5">What alone would make it fit</h2>
      {changes === null ? (
        <p className="text-ink-3">Being tried…</p>
      ) : changes.length === 0 ? (
        <p>No single change that is known helps: it takes several.</p>
      ) : (
        <ul className="flex flex-col gap-1.5">
          {changes.map((change) => (
            <li key={change.text} className="flex gap-2 rounded-md border border-line bg-canvas px-2.5 py-1.5">
              <Check size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-ok" />
              <span className="min-w-0">
                <bdi>{change.text}</bdi>
                <span className="block text-ink-3 text-xs">
                  then {countText(change.nodes, 'node')} could take it
                  {change.node !== '' && (
                    <>
                      , <Words text={change.node} /> {change.nodes === 1 ? '' : 'for one'}
                    </>
                  )}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {changes !== null && changes.length > 0 && (
        <p className="mt-1 text-ink-3 text-xs">Each was tried by asking every node again.</p>
      )}
    </section>
  )
}

function Said({ pod }: { readonly pod: PendingPodRecord }) {
  return (
    <section>
      <h2 className="caption mb-1.5">What the scheduler said</h2>
      {pod.said.length === 0 ? (
        <p className="text-ink-3">Nothing yet, or it is forgotten: events last an hour.</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {pod.said.map((saying) => (
            <li key={saying.source} className="min-w-0">
              <p className="flex flex-wrap items-center gap-x-2 text-xs">
                <span className="font-semibold">
                  {saying.source === 'event' ? 'Event FailedScheduling' : 'Condition PodScheduled'}
                </span>
                <span className="text-ink-3">
                  <Age at={saying.at} suffix=" ago" />
                </span>
                {saying.agrees === true && (
                  <span data-severity="ok" className="flex items-center gap-1 font-semibold text-s">
                    <Check size={13} aria-hidden="true" /> the same as found now
                  </span>
                )}
                {saying.agrees === false && (
                  <span data-severity="progress" className="flex items-center gap-1 font-semibold text-s">
                    <TriangleAlert size={13} aria-hidden="true" /> things have changed since
                  </span>
                )}
              </p>
              <Words
                text={saying.message}
                className="mt-0.5 block rounded-sm bg-sunken px-2 py-1 font-mono text-2xs leading-4"
              />
            </li>
          ))}
        </ul>
      )}
      {pod.priority !== 0 && <p className="mt-2 text-ink-3 text-xs">Priority {numberText(pod.priority)}</p>}
    </section>
  )
}
