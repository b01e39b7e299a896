import type { FlowStep } from '@clew/flows/flow'
import type { FlowProblem } from '@clew/flows/problems'
import { type CSSProperties, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import styles from './canvas.module.css'
import { type Card, cardsOf } from './card-model.ts'
import { cardWords } from './card-words.ts'
import type { StepChange } from './diff.ts'
import { useEditor } from './editor-context.tsx'
import { faultyStep } from './fault-text.ts'
import { KindIcon } from './kind-icon.tsx'
import { layOut, neighbour, type Placed } from './layout.ts'
import { Lines } from './lines.tsx'
import { edgesOf } from './ways.ts'
import { useFlowsT } from './words.ts'

type CanvasProps = {
  selected: string | undefined
  /** Where the test run stands, and where it has been. */
  current: string | undefined
  passed: ReadonlySet<string>
  changes: ReadonlyMap<string, StepChange>
  onOpen(id: string): void
  onRemove(id: string): void
  onAdd(id: string): void
}

const zooms = [0.4, 0.55, 0.7, 0.85, 1, 1.25]

/** The steps as cards from the first one down, with the branches drawn. */
export function Canvas(props: CanvasProps) {
  const t = useFlowsT()
  const { flow, others } = useEditor()
  const scroll = useRef<HTMLDivElement>(null)
  const [zoom, setZoom] = useState(1)
  const words = useMemo(() => cardWords(t, others), [t, others])
  const cards = useMemo(() => cardsOf(flow, t.locale, words), [flow, t, words])
  const layout = useMemo(() => layOut(cards, edgesOf(flow, t.locale, words)), [cards, flow, t, words])
  const fit = () => {
    const box = scroll.current
    if (!box) return
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16
    setZoom(
      Math.max(0.3, Math.min(1, box.clientWidth / (layout.width * rem), box.clientHeight / (layout.height * rem))),
    )
  }
  const step = (by: 1 | -1) =>
    setZoom((now) => (by > 0 ? zooms.find((each) => each > now) : zooms.findLast((each) => each < now)) ?? now)
  const { current, selected } = props
  // What the test run came to is worth seeing, without the focus leaving the test.
  useEffect(() => {
    const id = current ?? selected
    if (id !== undefined)
      scroll.current
        ?.querySelector(`[data-step="${CSS.escape(id)}"]`)
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current, selected])
  // The beginning is in the middle of the drawing, not at its left edge.
  const first = flow.steps[0]?.id
  useEffect(() => {
    scroll.current
      ?.querySelector(`[data-step="${CSS.escape(first ?? '')}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [first])
  const size = { '--zoom': zoom, '--w': layout.width / 16, '--h': layout.height / 16 } as CSSProperties
  return (
    <section className={styles.canvas} aria-label={t('flows.canvas')} data-is="canvas">
      <div className={styles.tools}>
        <span className={controls.hint}>{t('flows.canvas_keys')}</span>
        <button type="button" onClick={() => step(-1)} aria-label={t('flows.zoom_out')}>
          −
        </button>
        <button type="button" onClick={fit}>
          {t('flows.zoom_fit')}
        </button>
        <button type="button" onClick={() => step(1)} aria-label={t('flows.zoom_in')}>
          +
        </button>
      </div>
      <div className={styles.scroll} ref={scroll}>
        <div className={styles.space} style={size}>
          <div className={styles.plane}>
            <Lines layout={layout} current={props.current ?? props.selected} />
            <Cards {...props} cards={cards} placed={layout.cards} move={(id, key) => neighbour(layout, id, key)} />
          </div>
        </div>
      </div>
    </section>
  )
}

type Move = (id: string, key: 'up' | 'down' | 'left' | 'right') => string | undefined
type CardsProps = CanvasProps & { cards: readonly Card[]; placed: readonly Placed[]; move: Move }

const arrows = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' } as const
const isArrow = (key: string): key is keyof typeof arrows => Object.hasOwn(arrows, key)

function Cards({ cards, placed, move, ...props }: CardsProps) {
  const { flow, faults, mayEdit } = useEditor()
  const list = useRef<HTMLOListElement>(null)
  const [focused, setFocused] = useState<string>()
  const stop = [props.selected, focused].find((id) => cards.some((card) => card.id === id)) ?? flow.steps[0]?.id
  const focus = (id: string) => {
    setFocused(id)
    list.current?.querySelector<HTMLElement>(`[data-step="${CSS.escape(id)}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent, id: string) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const next = isArrow(event.key) ? move(id, arrows[event.key]) : undefined
    if (isArrow(event.key)) {
      event.preventDefault()
      if (next !== undefined) focus(next)
      return
    }
    if (!mayEdit) return
    if (event.key === 'Delete') props.onRemove(id)
    else if (event.code === 'KeyN') {
      event.preventDefault()
      event.stopPropagation()
      props.onAdd(id)
    }
  }
  return (
    <ol ref={list} className={styles.cards}>
      {cards.map((card, index) => (
        <CardItem
          key={card.id}
          card={card}
          place={placed[index] as Placed}
          faults={faults.filter(({ path }) => faultyStep(path) === index)}
          isStop={card.id === stop}
          onFocus={() => setFocused(card.id)}
          onKeyDown={(event) => onKeyDown(event, card.id)}
          {...props}
        />
      ))}
    </ol>
  )
}

type ItemProps = CanvasProps & {
  card: Card
  place: Placed
  faults: readonly FlowProblem[]
  isStop: boolean
  onFocus(): void
  onKeyDown(event: KeyboardEvent): void
}

function CardItem({ card, place, faults, isStop, onFocus, onKeyDown, ...props }: ItemProps) {
  const { step } = card
  const change = props.changes.get(step.id)
  const at = { left: `${place.x / 16}rem`, top: `${place.y / 16}rem`, height: `${place.height / 16}rem` }
  return (
    <li className={styles.item} style={at}>
      <button
        type="button"
        data-step={step.id}
        className={cx(styles.card, props.passed.has(step.id) && styles.passed)}
        data-kind={step.kind}
        data-faulty={faults.length > 0 || undefined}
        data-change={change}
        data-current={props.current === step.id || undefined}
        aria-current={props.current === step.id ? 'step' : undefined}
        aria-pressed={props.selected === step.id}
        tabIndex={isStop ? 0 : -1}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
        onClick={() => props.onOpen(step.id)}
      >
        <KindLine step={step} change={change} faultCount={faults.length} />
        <CardText card={card} />
      </button>
    </li>
  )
}

type KindProps = { step: FlowStep; change: StepChange | undefined; faultCount: number }

function KindLine({ step, change, faultCount }: KindProps) {
  const t = useFlowsT()
  const isFirst = useEditor().flow.steps[0]?.id === step.id
  return (
    <span className={styles.kind}>
      <KindIcon kind={step.kind} />
      {t(`flows.kind_${step.kind}`)}
      {isFirst && <span className={styles.badge}>{t('flows.first')}</span>}
      {step.kind === 'do' && step.minutes !== undefined && (
        <span className={styles.badge}>{t('flows.minutes_short', { minutes: step.minutes })}</span>
      )}
      {change !== undefined && change !== 'removed' && (
        <span className={styles.badge}>{t(`flows.change_${change}`)}</span>
      )}
      {faultCount > 0 && <span className={styles.faults}>{t('flows.faults_count', { count: faultCount })}</span>}
    </span>
  )
}

function CardText({ card }: { card: Card }) {
  const t = useFlowsT()
  return (
    <>
      <span className={styles.title} data-lines={card.titleLines}>
        {card.title}
      </span>
      {card.textLines > 0 && (
        <span className={styles.text} data-lines={card.textLines}>
          {card.text}
        </span>
      )}
      {card.ends.map(({ label, end }) => (
        <span key={`${label} ${end}`} className={styles.way}>
          <span>{label || '→'}</span>
          <span data-end={end}>{t(`flows.next_${end}`)}</span>
        </span>
      ))}
      {card.effects.length > 0 && <span className={styles.effects}>{card.effects.join(' ')}</span>}
    </>
  )
}
