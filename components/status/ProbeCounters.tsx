import type { ProbeCountersStatus } from '../../domain/live/protocol.ts'
import { Words } from '../kube/Words.tsx'
import { Age } from '../live/Age.tsx'
import { numberText } from '../ui/count-text.ts'

const words: Readonly<Record<ProbeCountersStatus['state'], string>> = {
  off: 'are not collected (option --probe-counters)',
  on: 'are collected',
  forbidden: 'may not be read',
  failing: 'can’t be read',
}

/** Whether the kubelets' own counters of probes are collected, from how many nodes, and how lately. */
export function ProbeCounters({ counters }: { readonly counters: ProbeCountersStatus }) {
  const { state, message, nodes, lastAt } = counters
  return (
    <>
      {words[state]}
      {state === 'on' && ` from ${numberText(nodes)} ${nodes === 1 ? 'node' : 'nodes'}`}
      {lastAt !== null && (
        <>
          , last <Age at={lastAt} suffix=" ago" />
        </>
      )}
      {message !== '' && <Words text={message} className="block text-ink-2 text-xs" />}
    </>
  )
}
