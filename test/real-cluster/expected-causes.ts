import type { PodDetail } from '../../domain/live/protocol.ts'
import { kubectl } from '../support/kubectl.ts'

interface AnnotatedPod {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> }
}

/**
 * Compares what the pages of the pods in namespace health state with their annotations expect-cause:
 * "restart-loop exit/1" is a problem's kind and cause, "none" no problem at all. A cause that goes on
 * after a slash ("init/migrate" for init/migrate/exit/5) may be named by its beginning.
 */
export async function statedCauses(
  page: (name: string) => Promise<PodDetail | null>,
): Promise<{ readonly pods: number; readonly missing: readonly string[] }> {
  const { items } = JSON.parse(kubectl('get', 'pods', '-n', 'health', '-o', 'json')) as { items: AnnotatedPod[] }
  const missing: string[] = []
  let pods = 0
  for (const { metadata } of items) {
    const expected = metadata.annotations?.['expect-cause']
    if (!expected) continue
    pods += 1
    const stated = ((await page(metadata.name))?.problems ?? []).map(({ kind, cause }) => `${kind} ${cause}`)
    const isStated =
      expected === 'none' ? stated.length === 0 : stated.some((each) => `${each}/`.startsWith(`${expected}/`))
    if (!isStated) missing.push(`${metadata.name}: ${stated.join(', ') || 'no problem'} and not ${expected}`)
  }
  return { pods, missing }
}
