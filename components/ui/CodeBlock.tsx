import { CopyButton } from './CopyButton.tsx'

/** Text to be pasted elsewhere. It scrolls by itself where it is wide. */
export function CodeBlock({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div className="overflow-hidden rounded-md border border-line bg-sunken">
      <div className="flex min-h-11 items-center justify-between gap-2 border-line border-b py-1.5 pr-1.5 pl-3">
        <span className="caption">{label}</span>
        <CopyButton text={text} label="Copy" />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <pre tabIndex={0} className="max-h-[36rem] overflow-auto p-3 font-mono text-xs leading-5">
        {text}
      </pre>
    </div>
  )
}
