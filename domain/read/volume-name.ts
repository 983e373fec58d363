const tokenVolume = 'kube-api-access-'

/**
 * The ServiceAccount admission plugin gives each pod's token volume a random name
 * (kube-api-access-x7k2p); the random part is dropped so that pods of one template stay equal.
 */
export function volumeName(name: string): string {
  return name.startsWith(tokenVolume) && name.length === tokenVolume.length + 5 ? 'kube-api-access' : name
}
