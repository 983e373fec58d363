import { setFlagsFromString } from 'node:v8'

/**
 * To be called when the first lists have been read. While they come there is little garbage in the
 * old generation, and looking for it often is time lost (see launch/node-flags.mjs). Afterwards the
 * cluster's objects replace each other: collecting at a tenth more than what is held costs little,
 * and keeps the process as small as that.
 */
export function expectGarbage(): void {
  setFlagsFromString('--heap-growing-percent=10')
}
