/**
 * What `kubectl get pods` prints is made by the API server, so it depends on the server's version.
 * Each switch names the first release that has it; the source is k/k
 * pkg/printers/internalversion/printers.go, printPod.
 */
export interface KubectlDialect {
  /** 1.22 (kubernetes#100142): RESTARTS says how long ago: "3 (5m ago)". */
  readonly restartAge: boolean
  /** 1.26 (KEP-3521): STATUS SchedulingGated instead of Pending. */
  readonly schedulingGates: boolean
  /** 1.28 (KEP-753): restartable init containers count in READY and, once initialised, in RESTARTS. */
  readonly nativeSidecars: boolean
  /** 1.31 (kubernetes#122038): a pod that has ended keeps its status while it waits for its deletion. */
  readonly endedIsNotTerminating: boolean
  /** 1.35 (kubernetes#124766): the failed container's reason instead of Completed. */
  readonly errorOverCompleted: boolean
}

/**
 * @param gitVersion as `/version` gives it ("v1.29.3+k3s1"); what can't be read is taken for the newest
 */
export function kubectlDialect(gitVersion: string): KubectlDialect {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(gitVersion) ?? []
  const release = major === undefined ? Number.POSITIVE_INFINITY : Number(major) * 1000 + Number(minor)
  return {
    restartAge: release >= 1022,
    schedulingGates: release >= 1026,
    nativeSidecars: release >= 1028,
    endedIsNotTerminating: release >= 1031,
    errorOverCompleted: release >= 1035,
  }
}
