import { type ShapeName, shapes, shapeViewBox } from '@clew/ui/marks'
import type { ComponentChildren } from 'preact'

const symbolId = (name: ShapeName) => `shape-${name}`

/** Every shape once per page; the rest of the page refers to them. */
export function Sprite() {
  return (
    <svg class="sprite" aria-hidden="true">
      {Object.entries(shapes).map(([name, parts]) => (
        <symbol key={name} id={symbolId(name as ShapeName)} viewBox={shapeViewBox}>
          {parts.map(({ d, strokeWidth }) =>
            strokeWidth === undefined ? (
              <path d={d} />
            ) : (
              <path d={d} fill="none" stroke="currentColor" stroke-width={strokeWidth} />
            ),
          )}
        </symbol>
      ))}
    </svg>
  )
}

export function Shape({ name }: { name: ShapeName }) {
  return (
    <svg class="shape" aria-hidden="true">
      <use href={`#${symbolId(name)}`} />
    </svg>
  )
}

interface StripProps {
  class?: string | undefined
  /** Pine instead of hair: known, done or going on. */
  live?: boolean
  /** When, or from whom: at most three short lines. */
  rail?: ComponentChildren
  /** The rail's words are left out on a phone, where they would only repeat. */
  railWide?: boolean
  knot?: ComponentChildren
  as?: 'div' | 'section' | 'li' | 'nav'
  labelledBy?: string
  label?: string
  children: ComponentChildren
}

/** One stretch of the rail: margin, knot, content. Strips touch, so that the line never breaks. */
export function Strip({
  as: Tag = 'div',
  live,
  rail,
  railWide,
  knot,
  labelledBy,
  label,
  children,
  ...rest
}: StripProps) {
  const className = ['strip', live && 'live', rest.class].filter(Boolean).join(' ')
  return (
    <Tag class={className} aria-labelledby={labelledBy} aria-label={label}>
      <div class={railWide ? 'rail wide' : 'rail'}>{rail}</div>
      {knot}
      <div class="said">{children}</div>
    </Tag>
  )
}

/** The state of one place on the rail. The word for it stands in the text beside it. */
export function Knot({ shape, tone }: { shape: ShapeName; tone?: string }) {
  return (
    <span class={tone ? `knot ${tone}` : 'knot'} aria-hidden="true">
      <Shape name={shape} />
    </span>
  )
}
