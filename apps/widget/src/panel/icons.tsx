import { mark, type ShapeName, shapes, shapeViewBox } from '@clew/ui/marks'

/** State is shape and word and colour; the word stands beside it, so the shape itself is silent. */
export function Shape({ name }: { name: ShapeName }) {
  return (
    <svg class="shape" viewBox={shapeViewBox} aria-hidden="true">
      {shapes[name].map(({ d, strokeWidth }) =>
        strokeWidth === undefined ? (
          <path key={d} d={d} />
        ) : (
          <path key={d} d={d} fill="none" stroke="currentColor" stroke-width={strokeWidth} />
        ),
      )}
    </svg>
  )
}

const lines = {
  close: 'm5 5 10 10M15 5 5 15',
  add: 'M10 4v12M4 10h12',
  send: 'M10 16V4M5 9l5-5 5 5',
  back: 'M12.5 4 6.5 10l6 6',
  list: 'M4 5.5h12M4 10h12M4 14.5h8',
} as const

export function Icon({ name }: { name: keyof typeof lines }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={lines[name]} />
    </svg>
  )
}

export function Mark() {
  return (
    <svg class="mark" viewBox={mark.viewBox} aria-hidden="true">
      <path d={mark.path} />
    </svg>
  )
}

/** The mark in the header; its tail bends down and becomes the rail. */
export function Spool() {
  return (
    <svg class="spool" viewBox="0 0 44 60" preserveAspectRatio="xMinYMax" aria-hidden="true">
      <path d="M1 61V50Q1 41 10 41H25A10.5 10.5 0 1 0 15.73 35.43A2.35 2.35 0 0 0 19.85 33.18A5.8 5.8 0 1 1 26 36.2" />
    </svg>
  )
}
