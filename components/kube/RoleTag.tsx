import { isCompanion, roleWord } from './role-words.ts'

/** A container's role as a word in a frame: companions are dashed, so that they are told apart at a glance. */
export function RoleTag({ role }: { readonly role: string }) {
  return (
    <span
      className={`whitespace-nowrap rounded-sm border px-1.5 text-xs ${isCompanion(role) ? 'border-line-strong border-dashed text-ink-2' : 'border-line-strong text-ink-2'}`}
    >
      {roleWord(role)}
    </span>
  )
}
