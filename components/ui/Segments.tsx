/** A few ways of seeing the same; one is chosen. */
export function Segments<T extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  readonly label: string
  readonly value: T
  readonly choices: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
}) {
  return (
    <fieldset className="flex">
      <legend className="sr-only">{label}</legend>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
          className="field -ml-px rounded-none px-3 text-ink-2 first:ml-0 first:rounded-l-md last:rounded-r-md hover:text-ink aria-pressed:bg-accent-soft aria-pressed:font-semibold aria-pressed:text-ink"
        >
          {choice.label}
        </button>
      ))}
    </fieldset>
  )
}
