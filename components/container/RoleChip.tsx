'use client'

import { Popover } from 'radix-ui'
import type { RoleFinding } from '../../domain/health/container-role.ts'
import { isCompanion, roleWord, roleWords } from '../kube/role-words.ts'
import { Words } from '../kube/Words.tsx'

const confidenceWords = { certain: 'Certain', likely: 'Likely', guess: 'A guess' } as const

/** What a container is in its pod; asked (pointer, Enter or Space) it tells why that is thought. */
export function RoleChip({ finding, container }: { readonly finding: RoleFinding; readonly container: string }) {
  const { role, product, confidence, evidence } = finding
  const word = product === null ? roleWord(role) : `${roleWord(role)}: ${product}`
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label={`Role of container ${container}: ${word}, ${confidenceWords[confidence].toLowerCase()}. Why?`}
        className={`inline-flex min-h-6 max-w-full items-center gap-1 rounded-sm border px-1.5 text-xs hover:border-accent hover:text-accent ${isCompanion(role) ? 'border-line-strong border-dashed text-ink-2' : 'border-line-strong text-ink-2'}`}
      >
        <Words text={word} className="truncate" />
        {confidence === 'guess' && (
          <span aria-hidden="true" className="text-ink-3">
            ?
          </span>
        )}
      </Popover.Trigger>
      <Popover.Content
        align="start"
        sideOffset={4}
        collisionPadding={12}
        aria-label={`Why ${container} is taken to be: ${word}`}
        className="z-50 flex w-80 max-w-[calc(100vw-1.5rem)] flex-col gap-2 rounded-lg border border-line bg-raised p-3 text-sm shadow-2"
      >
        <p>
          <strong className="font-semibold">
            <Words text={word} />
          </strong>
          <span className="text-ink-3"> · {confidenceWords[confidence]}</span>
        </p>
        {Object.hasOwn(roleWords, role) && <p className="text-ink-2">{roleWords[role].meaning}</p>}
        <ul className="flex list-disc flex-col gap-1 pl-4 text-ink-2">
          {evidence.map((sentence) => (
            <li key={sentence}>
              <Words text={sentence} />
            </li>
          ))}
        </ul>
        <p className="border-line border-t pt-2 text-ink-3 text-xs">
          Not so? The pod’s annotation <code className="font-mono">plumbline.dev/role.{container}</code> decides.
        </p>
      </Popover.Content>
    </Popover.Root>
  )
}
