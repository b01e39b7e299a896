import text from './text.module.css'

/** Lines that are not known yet. Widths are in percent. */
export function Bones({ widths }: { widths: readonly number[] }) {
  return (
    <span aria-hidden="true">
      {widths.map((width, index) => (
        <span
          // Bones stand still: their place is their identity.
          key={`${index} ${width}`}
          className={text.bone}
          style={{ width: `${width}%`, marginBlockStart: index === 0 ? '0.3rem' : '0.45rem' }}
        />
      ))}
    </span>
  )
}
