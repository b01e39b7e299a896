/** Drawings as data: React, Preact and plain DOM code draw the same paths. Every stroke and fill is `currentColor`. */

/** The mark: one line, wound once and turned back once. Field 24, stroke 2 (2.25 at 16 px, 1.75 from 96 px). */
export const mark = {
  viewBox: '0 0 24 24',
  path: 'M2 21H13A9 9 0 1 0 5.05 16.23A2 2 0 0 0 8.59 14.35A5 5 0 1 1 13.87 16.92',
} as const

/** The mark with the letters drawn from the same radius; `ball` takes the accent colour, `letters` the ink. */
export const wordmark = {
  viewBox: '0 0 72.3 24',
  ball: mark.path,
  letters:
    'M35.87 12.40A5 5 0 1 0 35.87 19.60M39.90 3V21M43.70 16H53.70A5 5 0 1 0 52.17 19.60M56.80 11V17.5A3.5 3.5 0 0 0 63.80 17.5V11.5M63.80 17.5A3.5 3.5 0 0 0 70.80 17.5V11',
} as const

/** The mark in a page header, its tail bent down so that it becomes the rail. */
export const spool = {
  viewBox: '0 0 64 72',
  path: 'M1 74V58Q1 48 11 48H37A12 12 0 1 0 26.40 41.63A2.66 2.66 0 0 0 31.10 39.13A6.7 6.7 0 1 1 38.16 42.6',
} as const

/** Where the rail bends into the word-mark in a page footer. */
export const tail = { viewBox: '0 0 26 14', path: 'M1 0Q1 10 11 10H28' } as const

export const lens = { viewBox: '0 0 20 20', path: 'M14.5 8.5a6 6 0 1 1-12 0a6 6 0 1 1 12 0M13 13l4.5 4.5' } as const

/** State is always shape + word + colour. The first five are states of a component; the rest mark places on a rail. */
export type ShapeName = 'ok' | 'degraded' | 'partial' | 'major' | 'maintenance' | 'ring' | 'dot' | 'dash' | 'tick'

export interface ShapePart {
  readonly d: string
  /** Stroked with this width when present, filled otherwise. */
  readonly strokeWidth?: number
}

export const shapeViewBox = '0 0 12 12'

export const shapes: Readonly<Record<ShapeName, readonly ShapePart[]>> = {
  ok: [{ d: 'M6 1a5 5 0 1 1 0 10A5 5 0 1 1 6 1z' }],
  degraded: [
    { d: 'M6 1.75a4.25 4.25 0 1 1 0 8.5a4.25 4.25 0 1 1 0-8.5z', strokeWidth: 1.5 },
    { d: 'M6 1a5 5 0 0 0 0 10z' },
  ],
  partial: [{ d: 'M6 .8L11.6 11H.4z' }],
  major: [{ d: 'M1 1h10v10H1z' }],
  maintenance: [{ d: 'M6 .4L11.6 6L6 11.6L.4 6z', strokeWidth: 1.5 }],
  ring: [{ d: 'M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z', strokeWidth: 1.5 }],
  dot: [{ d: 'M6 2a4 4 0 1 1 0 8a4 4 0 1 1 0-8z' }],
  dash: [{ d: 'M2 5.25h8v1.5H2z' }],
  tick: [{ d: 'M1.5 6.5l3 3l6-7', strokeWidth: 1.75 }],
}
