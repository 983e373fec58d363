import type { Advice } from '../../domain/health/problem.ts'
import { Words } from '../kube/Words.tsx'
import { CommandLine } from '../ui/CommandLine.tsx'

/** What a person can do, the most useful first. */
export function AdviceList({ advice }: { readonly advice: readonly Advice[] }) {
  return (
    <ol className="flex flex-col gap-2.5 text-sm">
      {advice.map(({ text, command }, index) => (
        <li key={text} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-1.5">
          <span className="font-semibold text-ink-3">{index + 1}</span>
          <div className="flex min-w-0 flex-col gap-1">
            <Words text={text} />
            {command !== null && <CommandLine command={command} />}
          </div>
        </li>
      ))}
    </ol>
  )
}
