import type { Author } from '@clew/contract/conversations'
import type { ShapeName } from '@clew/ui/marks'
import type { ComponentChildren } from 'preact'
import { usePanel } from './context.ts'
import { Mark, Shape } from './icons.tsx'

export type Knot =
  | { kind: 'none' }
  | { kind: 'contact' }
  | { kind: 'assistant' }
  | { kind: 'agent'; initials: string }
  | { kind: 'shape'; shape: ShapeName; tone?: 'pine' | 'degraded' | 'partial' | 'major' | 'maintenance' | 'ok' }

export type RowProps = {
  at?: string
  knot?: Knot
  /** The line has not come this far: what follows is still to happen. */
  isNext?: boolean
  isQuiet?: boolean
  /** Long: shown from its start, not from its end. */
  isLong?: boolean
  children: ComponentChildren
}

/** One strip of the rail: when, who, what. */
export function Row({ at, knot = { kind: 'none' }, isNext, isQuiet, isLong, children }: RowProps) {
  const { t } = usePanel()
  return (
    <li class={['row', isNext && 'next', isQuiet && 'quiet'].filter(Boolean).join(' ')} data-read-from-here={isLong}>
      <span class="when">
        {at !== undefined && <time dateTime={at}>{t.format.date(at, { hour: '2-digit', minute: '2-digit' })}</time>}
      </span>
      {knot.kind !== 'none' && <KnotMark knot={knot} />}
      <div class="what">{children}</div>
    </li>
  )
}

function KnotMark({ knot }: { knot: Exclude<Knot, { kind: 'none' }> }) {
  switch (knot.kind) {
    case 'contact':
      return (
        <span class="knot me" aria-hidden="true">
          <Shape name="dot" />
        </span>
      )
    case 'assistant':
      return (
        <span class="knot pine" aria-hidden="true">
          <Mark />
        </span>
      )
    case 'agent':
      return (
        <span class="knot agent" aria-hidden="true">
          {knot.initials}
        </span>
      )
    case 'shape':
      return (
        <span class={`knot ${knot.tone ?? ''}`} aria-hidden="true">
          <Shape name={knot.shape} />
        </span>
      )
  }
}

export function knotOf(author: Author): Knot {
  if (author.type === 'contact') return { kind: 'contact' }
  if (author.type === 'assistant') return { kind: 'assistant' }
  if (author.type === 'agent') return { kind: 'agent', initials: initialsOf(author.name ?? '') }
  return { kind: 'shape', shape: 'ring' }
}

/** The first letters of the first and the last name; a dot when there is no name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '')
  return letters.join('').toLocaleUpperCase() || '·'
}

/** Who says it, and whether that is a machine or a person: on every turn. */
export function Byline({ author }: { author: Author }) {
  const { t } = usePanel()
  if (author.type === 'contact') return <p class="by">{t('widget.who_you')}</p>
  if (author.type === 'assistant')
    return (
      <p class="by">
        {t('widget.who_assistant')} <span>{t('widget.kind_machine')}</span>
      </p>
    )
  return (
    <p class="by">
      {author.name ?? t('widget.who_agent')} <span>{t('widget.kind_person')}</span>
    </p>
  )
}
