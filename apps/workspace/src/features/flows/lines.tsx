import styles from './canvas.module.css'
import { type Layout, pathOf } from './layout.ts'

/** The branches, and what each is called. For the eye: the cards themselves say where they lead. */
export function Lines({ layout, current }: { layout: Layout; current: string | undefined }) {
  const { width, height, lines } = layout
  const isNear = (line: { from: string; to: string }) => line.from === current || line.to === current
  return (
    <>
      <svg
        className={styles.lines}
        viewBox={`0 0 ${width} ${height}`}
        style={{ width: `${width / 16}rem`, height: `${height / 16}rem` }}
        aria-hidden="true"
      >
        <defs>
          <marker
            id="flow-arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="9"
            markerHeight="9"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8z" />
          </marker>
        </defs>
        {lines.map((line) => (
          <path
            key={`${line.from} ${line.to}`}
            d={pathOf(line)}
            data-back={line.isBack || undefined}
            data-near={isNear(line) || undefined}
            markerEnd="url(#flow-arrow)"
          />
        ))}
      </svg>
      <div aria-hidden="true">
        {lines.map(
          (line) =>
            line.label !== '' && (
              <span
                key={`${line.from} ${line.to}`}
                className={styles.label}
                style={{ left: `${line.labelAt.x / 16}rem`, top: `${line.labelAt.y / 16}rem` }}
                title={line.label}
              >
                {line.label}
              </span>
            ),
        )}
      </div>
    </>
  )
}
