'use client'

import { Age } from '../live/Age.tsx'

/** RESTARTS as `kubectl get pods` prints it: "9 (5m ago)". */
export function RestartsText({
  restarts,
  lastRestartAt,
}: {
  readonly restarts: number
  readonly lastRestartAt: number | null
}) {
  return (
    <>
      {restarts}
      {restarts > 0 && lastRestartAt !== null && (
        <>
          {' '}
          <Age at={lastRestartAt} prefix="(" suffix=" ago)" />
        </>
      )}
    </>
  )
}
