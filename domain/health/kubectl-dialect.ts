import { kubernetesRelease } from './kubernetes-release.ts'

/**
 * What `kubectl get pods` prints is made by the API server, so it depends on the server's version.
 * Each switch names the releases that have it, as printPod in k/k
 * pkg/printers/internalversion/printers.go stands in 1.20 to 1.37.
 */
export interface KubectlDialect {
  /** From 1.22 (kubernetes#100142): RESTARTS says how long ago: "3 (5m ago)". */
  readonly restartAge: boolean
  /**
   * 1.22 to 1.27: the age counts restarts of init containers too, after initialisation as well,
   * and is printed beside a 0; the rework for sidecars (kubernetes#116429) ended that.
   */
  readonly restartAgeOfInit: boolean
  /** From 1.26 (kubernetes#113274): STATUS SchedulingGated instead of Pending. */
  readonly schedulingGates: boolean
  /** From 1.28 (kubernetes#116429): restartable init containers count in READY and, once initialised, in RESTARTS. */
  readonly nativeSidecars: boolean
  /** From 1.31 (kubernetes#122038): a pod that has ended keeps its status while it waits for its deletion. */
  readonly endedIsNotTerminating: boolean
  /** From 1.35 (kubernetes#124766): the failed container's reason instead of Completed. */
  readonly errorOverCompleted: boolean
}

/**
 * @param gitVersion as `/version` gives it ("v1.29.3+k3s1"); what can't be read is taken for the newest
 */
export function kubectlDialect(gitVersion: string): KubectlDialect {
  const release = kubernetesRelease(gitVersion) ?? Number.POSITIVE_INFINITY
  return {
    restartAge: release >= 1022,
    restartAgeOfInit: release >= 1022 && release < 1028,
    schedulingGates: release >= 1026,
    nativeSidecars: release >= 1028,
    endedIsNotTerminating: release >= 1031,
    errorOverCompleted: release >= 1035,
  }
}
