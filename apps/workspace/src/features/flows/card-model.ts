import type { Flow, FlowLocale, FlowStep } from '@clew/flows/flow'
import { isPlainEnd, type PlainEnd } from '@clew/flows/flow'
import { outcomeOf, repliesOf } from '@clew/flows/steps'
import type { Box } from './layout.ts'
import { titleOf, type WayWords, waysOf } from './ways.ts'

/** What a card shows, and the room that it needs: known before it is drawn, so that the lines can be. */
export type Card = Box & {
  step: FlowStep
  title: string
  titleLines: number
  text: string
  textLines: number
  /** Ways that end here; the others are lines. */
  ends: readonly { label: string; end: PlainEnd }[]
  effects: readonly string[]
}

export type CardWords = WayWords & {
  kind(kind: FlowStep['kind']): string
  look(step: Extract<FlowStep, { kind: 'check' }>): string
  slot(slot: string): string
  end(step: Extract<FlowStep, { kind: 'end' }>): string
}

export const cardWidth = 248

const letters = 32
const line = 20

export function cardsOf(flow: Flow, locale: FlowLocale, words: CardWords): Card[] {
  return flow.steps.map((step) => {
    const title = titleOf(
      step,
      locale,
      step.kind === 'check' ? words.look(step) : step.kind === 'branch' ? words.slot(step.slot) : words.kind(step.kind),
    )
    const text = textOf(step, locale, words)
    const titleLines = title.length > letters ? 2 : 1
    const textLines = text === '' ? 0 : text.length > letters ? 2 : 1
    const ends = waysOf(step, locale, words).flatMap(({ to, label }) => (isPlainEnd(to) ? [{ label, end: to }] : []))
    const effects = effectsOf(step)
    const lines = titleLines + textLines + ends.length + (effects.length > 0 ? 1 : 0)
    // The head with the kind of step, then line by line, with the borders and the air of the style sheet.
    return {
      id: step.id,
      step,
      title,
      titleLines,
      text,
      textLines,
      ends,
      effects,
      width: cardWidth,
      height: 44 + lines * line,
    }
  })
}

function textOf(step: FlowStep, locale: FlowLocale, words: CardWords): string {
  switch (step.kind) {
    case 'check':
      return step.title ? words.look(step) : ''
    case 'branch':
      return step.title ? words.slot(step.slot) : ''
    case 'end':
      return [words.end(step), step.title && step.say?.[locale]].filter(Boolean).join(' · ')
    case 'say':
      return step.title ? step.say[locale] : ''
    case 'do':
    case 'ask':
      return step.say[locale]
  }
}

/** What happens besides, each once. */
function effectsOf(step: FlowStep): string[] {
  const all =
    step.kind === 'check'
      ? Object.keys(step.outcomes).map((name) => outcomeOf(step, name))
      : step.kind === 'branch'
        ? []
        : [step, ...(step.kind === 'do' || step.kind === 'ask' ? repliesOf(step).map(({ effects }) => effects) : [])]
  return [
    ...new Set(
      all.flatMap(({ tags = [], set = {}, ...rest }) => [
        ...tags.map((tag) => `#${tag}`),
        ...Object.keys(set),
        ...('article' in rest && rest.article !== undefined ? [`↗ ${rest.article}`] : []),
      ]),
    ),
  ]
}
