import { imageSizeOf } from './image.ts'
import type { Kubelet } from './kubelet.ts'

export interface ImagePull {
  readonly kubelet: Kubelet
  readonly image: string
  /** Whether the registry doesn't have it (now). */
  isMissing(): boolean
  event(type: 'Normal' | 'Warning', reason: string, message: string): void
  /** The container's state becomes waiting, and is told. */
  wait(reason: string, message: string): void
  after(ms: number, run: () => void): void
}

const longestBackOff = 300_000

/**
 * Gets an image onto the node, with kubelet's events, and its back-off of 10 s to 5 min where the
 * registry doesn't have it (k/k pkg/kubelet/images/image_manager.go).
 */
export function pullImage(pull: ImagePull, done: () => void, backOff = 10_000): void {
  const { kubelet, image } = pull
  const { random } = kubelet.cluster
  if (kubelet.hasImage(image) && !pull.isMissing()) {
    pull.event('Normal', 'Pulled', `Container image "${image}" already present on machine`)
    pull.after(random.between(80, 400), done)
    return
  }
  pull.event('Normal', 'Pulling', `Pulling image "${image}"`)
  const took = random.between(900, 7000)
  pull.after(took, () => {
    if (pull.isMissing()) {
      fail(pull, done, backOff)
      return
    }
    kubelet.pulled(image)
    const seconds = `${(took / 1000).toFixed(3)}s`
    const size = `Image size: ${imageSizeOf(image)} bytes.`
    pull.event(
      'Normal',
      'Pulled',
      `Successfully pulled image "${image}" in ${seconds} (${seconds} including waiting). ${size}`,
    )
    done()
  })
}

function fail(pull: ImagePull, done: () => void, backOff: number): void {
  const { image, kubelet } = pull
  const { random, simulation } = kubelet.cluster
  const cause = `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`
  pull.event('Warning', 'Failed', `Failed to pull image "${image}": ${cause}`)
  pull.event('Warning', 'Failed', 'Error: ErrImagePull')
  pull.wait('ErrImagePull', cause)
  const message = `Back-off pulling image "${image}"`
  const again = simulation.now + backOff
  const sync = () => {
    if (simulation.now >= again) {
      pullImage(pull, done, Math.min(longestBackOff, backOff * 2))
      return
    }
    pull.event('Normal', 'BackOff', message)
    pull.event('Warning', 'Failed', 'Error: ImagePullBackOff')
    pull.wait('ImagePullBackOff', `${message}: ErrImagePull: ${cause}`)
    pull.after(Math.min(random.between(11_000, 15_000), again - simulation.now), sync)
  }
  pull.after(Math.min(random.between(1000, 9000), backOff), sync)
}
