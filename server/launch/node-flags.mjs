/**
 * How Node is started for the service. V8's defaults let the garbage of a process that holds much for
 * long grow to the size of what it holds; two limits keep resident memory near to the latter:
 *
 * - the young generation, where what is read from the API server lives for an instant and dies: 8 MB
 *   (two halves and a third) stay in the processor's caches, 32 MB and more do not;
 * - the old one is collected when it has grown by a fifth, and not when it has doubled.
 */
export const nodeFlags = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=4',
  '--heap-growing-percent=20',
]
