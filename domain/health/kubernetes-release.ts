/**
 * A version as `/version` and `status.nodeInfo.kubeletVersion` give it ("v1.29.3+k3s1") as a number
 * that can be compared: 1029; null where it can't be read.
 */
export function kubernetesRelease(gitVersion: string): number | null {
  const [, major, minor] = /^v?(\d{1,3})\.(\d{1,3})/.exec(gitVersion) ?? []
  return major === undefined ? null : Number(major) * 1000 + Number(minor)
}
