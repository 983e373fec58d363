import type { SpreadHealing } from '../../domain/placement/spread-healing.ts'
import { CommandLine } from '../ui/CommandLine.tsx'

/** Whether a violation mends itself, and what a person can do. */
export function Healing({ healing }: { readonly healing: SpreadHealing }) {
  return (
    <div
      data-severity={healing.transient ? 'progress' : 'warning'}
      className="rounded-md border border-s-line bg-s-soft px-3 py-2.5 text-sm"
    >
      <p>
        <strong className="text-s">{healing.transient ? 'May mend itself.' : 'Won’t mend itself.'}</strong>{' '}
        {healing.why}
      </p>
      {healing.actions.length > 0 && (
        <>
          <h2 className="caption mt-2 mb-1">What helps, the gentlest first</h2>
          <ol className="flex list-decimal flex-col gap-1.5 pl-5">
            {healing.actions.map((action) => {
              const [, text = action, command] = /^(.*): (kubectl .*)$/s.exec(action) ?? []
              return (
                <li key={action}>
                  <bdi>{text}</bdi>
                  {command !== undefined && (
                    <div className="mt-1">
                      <CommandLine command={command} />
                    </div>
                  )}
                </li>
              )
            })}
          </ol>
        </>
      )}
    </div>
  )
}
