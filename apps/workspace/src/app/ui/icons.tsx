/** A chevron that points down; turned by the style sheet where it opens something. */
export function Chevron({ className }: { className?: string | undefined }) {
  return (
    <svg className={className} viewBox="0 0 10 6" width="10" height="6" aria-hidden="true">
      <path d="m1 1 4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  )
}
