import { CopyButton } from './CopyButton.tsx'
import { visibleText } from './visible-text.ts'

/** A command for a shell, whole at any width, with a button that copies it. */
export function CommandLine({ command }: { readonly command: string }) {
  return (
    <div className="flex min-w-0 items-start gap-1 rounded-md bg-sunken py-0.5 pr-0.5 pl-2.5">
      <code className="min-w-0 flex-1 whitespace-pre-wrap py-1 font-mono text-xs leading-5 [overflow-wrap:anywhere]">
        <span aria-hidden="true" className="select-none text-ink-3">
          ${' '}
        </span>
        <bdi>{visibleText(command)}</bdi>
      </code>
      <CopyButton compact text={command} label="Copy the command" />
    </div>
  )
}
