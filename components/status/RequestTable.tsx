import type { ServerStatus } from '../../domain/live/protocol.ts'
import { Words } from '../kube/Words.tsx'
import { numberText } from '../ui/count-text.ts'
import { Panel } from '../ui/Panel.tsx'

/** What Plumbline has asked of the API server since its start: the load it puts on the cluster. */
export function RequestTable({ requests }: { readonly requests: ServerStatus['requests'] }) {
  const sorted = [...requests].sort((a, b) => b.count - a.count)
  const total = requests.reduce((sum, request) => sum + request.count, 0)
  return (
    <Panel title="Requests to the API server" count={`${numberText(total)} since start`} bodyClassName="">
      {sorted.length === 0 ? (
        <p className="px-4 pb-4 text-ink-3 text-sm">None yet.</p>
      ) : (
        <table className="w-full text-sm">
          <thead>
            <tr className="border-line border-y text-left">
              <th scope="col" className="caption px-4 py-2">
                Kind
              </th>
              <th scope="col" className="caption py-2 pr-3">
                Verb
              </th>
              <th scope="col" className="caption py-2 pr-3">
                Reason
              </th>
              <th scope="col" className="caption py-2 pr-4 text-right">
                Count
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {sorted.map((request) => (
              <tr key={`${request.kind} ${request.verb} ${request.reason}`}>
                <th scope="row" className="px-4 py-1.5 text-left font-medium">
                  {request.kind === '' ? 'no kind' : <Words text={request.kind} />}
                </th>
                <td className="py-1.5 pr-3 text-ink-2">
                  <Words text={request.verb} />
                </td>
                <td className="py-1.5 pr-3 text-ink-2">
                  <Words text={request.reason} />
                </td>
                <td className="py-1.5 pr-4 text-right">{numberText(request.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
