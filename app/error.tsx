'use client'

import { PlumbMark } from '../components/kube/PlumbMark.tsx'
import { EmptyState } from '../components/ui/EmptyState.tsx'

/** A fault of this page itself, not of the cluster: it says so, so that nobody takes it for calm. */
export default function PageError({ error, reset }: { readonly error: Error; readonly reset: () => void }) {
  return (
    <div className="panel" role="alert">
      <EmptyState page title="This page broke" picture={<PlumbMark severity="error" faint className="h-24" />}>
        <p>It is a fault of Plumbline’s page and says nothing about the cluster: {error.message}</p>
        <button type="button" className="field mt-3 px-3 font-medium" onClick={reset}>
          Draw it again
        </button>
      </EmptyState>
    </div>
  )
}
