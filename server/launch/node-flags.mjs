/**
 * How Node is started for the service. V8's defaults let the garbage of a process that holds much for
 * long grow to the size of what it holds; two limits keep resident memory near to the latter:
 *
 * - the young generation, where what is read from the API server lives for an instant and dies: halves
 *   of 4 MB stay in the processor's caches, the 16 MB and more that V8 would take do not;
 * - the old one is collected when it has grown by 30 %, and not when it has doubled. When everything
 *   has been read for the first time, heap-growth.ts lowers that.
 */
export const nodeFlags = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=4',
  '--heap-growing-percent=30',
]

/**
 * To glibc: what is read from a socket comes in buffers of 64 KB, thousands a second during a first
 * list. Given back to the system each by itself they leave no holes in the heap that nobody can use.
 */
export const nodeEnvironment = { MALLOC_MMAP_THRESHOLD_: '65536' }
