/** The mark: a beam, a line, a bob. */
export function Logo() {
  return (
    <svg viewBox="0 0 24 24" className="h-6 w-6 shrink-0" fill="none" aria-hidden="true">
      <path d="M6 3.5h12" stroke="var(--accent)" strokeWidth="2.2" strokeLinecap="round" />
      <path d="M12 3.5v9" stroke="var(--ink)" strokeWidth="1.5" />
      <path d="M9.3 12.5h5.4l.9 2.5L12 21.5 8.4 15z" fill="var(--ink)" />
    </svg>
  )
}
