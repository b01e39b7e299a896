import type { FlowStep } from '@clew/flows/flow'
import { handoverReasons } from '@clew/flows/flow'
import { limits } from '@clew/flows/limits'
import { isOwnSlot } from '@clew/flows/slots'
import { isStandardReply, standardReplies } from '@clew/flows/standard-replies'
import { repliesOf } from '@clew/flows/steps'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { type Path } from './document.ts'
import { FaultLines, useEditor, useFaults } from './editor-context.tsx'
import { EffectsField } from './effects-field.tsx'
import styles from './fields.module.css'
import { ChoiceField, Details } from './fields.tsx'
import { nextName } from './names.ts'
import { NextPicker, ValueField } from './pickers.tsx'
import { SaidFields } from './said-fields.tsx'
import { TextPair } from './text-pair.tsx'
import { useFlowsT } from './words.ts'

type Step = Extract<FlowStep, { kind: 'do' | 'ask' }>
type Written = NonNullable<Step['replies']>[number]

const standardFor = { do: ['worked', 'still-fails', 'not-possible', 'skip'], ask: ['not-sure', 'skip'] } as const

/** The buttons of a step, in their order. */
export function RepliesField({ step, path }: { step: Step; path: Path }) {
  const t = useFlowsT()
  const { dispatch, mayEdit } = useEditor()
  const place = [...path, 'replies']
  const faults = useFaults(place)
  const replies: readonly Written[] = step.replies ?? []
  const write = (next: readonly Written[]) =>
    dispatch({ type: 'set', path: place, value: next.length === 0 ? undefined : next })
  const ids = replies.map(idOf)
  const add = (id: string) => write([...replies, (id === '+' ? ownReply(ids, step.kind) : id) as Written])
  const move = (index: number, by: number) => {
    const next = [...replies]
    const [moved] = next.splice(index, 1)
    if (moved !== undefined) next.splice(index + by, 0, moved)
    write(next)
  }
  return (
    <section className={styles.group} aria-label={t('flows.replies')}>
      <h3>{t('flows.replies')}</h3>
      {step.kind === 'ask' && <p className={controls.hint}>{t('flows.replies_ask_hint')}</p>}
      <ol className={styles.rows}>
        {replies.map((reply, index) => (
          <li key={idOf(reply)}>
            <ReplyRow step={step} index={index} path={place} />
            {mayEdit && (
              <RowTools
                name={labelOf(step, index, t.locale)}
                isFirst={index === 0}
                isLast={index === replies.length - 1}
                onMove={(by) => move(index, by)}
                onRemove={() => write(replies.filter((_reply, at) => at !== index))}
              />
            )}
          </li>
        ))}
      </ol>
      <FaultLines id={`${step.id}-replies`} faults={faults} />
      {mayEdit && replies.length < limits.replies && (
        <Select aria-label={t('flows.add_reply')} value="" onChange={({ target }) => add(target.value)}>
          <option value="">{t('flows.add_reply')}</option>
          {standardFor[step.kind]
            .filter((id) => !ids.includes(id))
            .map((id) => (
              <option key={id} value={id}>
                {standardReplies[id].label[t.locale]}
              </option>
            ))}
          <option value="+">{t('flows.own_reply')}</option>
        </Select>
      )}
    </section>
  )
}

const idOf = (reply: Written): string => (typeof reply === 'string' ? reply : reply.id)

function ownReply(ids: readonly string[], kind: 'do' | 'ask'): object {
  let number = 1
  while (ids.includes(`reply-${number}`)) number += 1
  const label = { en: '', el: '' }
  return { id: `reply-${number}`, label, ...(kind === 'do' ? { outcome: 'not_fixed' } : {}) }
}

const labelOf = (step: Step, index: number, locale: 'en' | 'el'): string => {
  const reply = repliesOf(step)[index]
  return reply?.label?.[locale] || reply?.id || ''
}

type Reply = ReturnType<typeof repliesOf>[number]
type RowProps = { step: Step; index: number; path: Path }

function ReplyRow({ step, index, path }: RowProps) {
  const t = useFlowsT()
  const { flow } = useEditor()
  const written = step.replies?.[index]
  const reply = repliesOf(step)[index]
  const place = [...path, index]
  const faults = useFaults(place, true)
  if (written === undefined || reply === undefined) return null
  const says = labelOf(step, index, t.locale)
  const leads = reply.next === undefined ? undefined : nextName(t, flow.steps, reply.next)
  const parts = { step, reply, path: place }
  return (
    <Details title={leads ? `${says} → ${leads}` : says || t('flows.own_reply')} isOpen={faults.length > 0}>
      {typeof written === 'string' ? <NamedReply {...parts} /> : <WrittenReply {...parts} />}
    </Details>
  )
}

type ReplyProps = { step: Step; reply: Reply; path: Path }

const usualNext = ({ outcome }: Reply, step: Step): string | undefined => (outcome === 'fixed' ? 'done' : step.next)

/** One that everybody knows: it is only named until it says or does something of its own. */
function NamedReply({ step, reply, path }: ReplyProps) {
  const t = useFlowsT()
  const { dispatch } = useEditor()
  const write = (part: object) => dispatch({ type: 'set', path, value: { id: reply.id, ...part } })
  return (
    <>
      <button type="button" className={controls.link} onClick={() => write({ label: reply.label })}>
        {t('flows.reply_other_words')}
      </button>
      {reply.outcome !== 'fixed' && (
        <button
          type="button"
          className={controls.link}
          onClick={() => write({ next: usualNext(reply, step) ?? 'handover' })}
        >
          {t('flows.reply_other_way')}
        </button>
      )}
    </>
  )
}

function WrittenReply({ step, reply, path }: ReplyProps) {
  const t = useFlowsT()
  const isStandard = isStandardReply(reply.id)
  return (
    <>
      <TextPair
        label={t('flows.reply_label')}
        path={[...path, 'label']}
        max={limits.labelLength}
        isOptional={isStandard}
      />
      {!isStandard && <Meaning step={step} path={path} />}
      {!isStandard && step.kind === 'ask' && isOwnSlot(step.slot) && <SaidFields path={path} />}
      {reply.outcome !== 'fixed' && (
        <NextPicker label={t('flows.leads_to')} path={[...path, 'next']} usual={usualNext(reply, step)} />
      )}
      {reply.next === 'handover' && <ReasonField path={path} />}
      <EffectsField path={path} />
    </>
  )
}

function Meaning({ step, path }: { step: Step; path: Path }) {
  const t = useFlowsT()
  if (step.kind === 'ask')
    return <ValueField label={t('flows.reply_value')} slot={step.slot} path={[...path, 'value']} />
  return (
    <ChoiceField
      label={t('flows.outcome')}
      path={[...path, 'outcome']}
      options={outcomes.map((value) => ({ value, label: t(`flows.outcome_${value}`) }))}
    />
  )
}

export function ReasonField({ path }: { path: Path }) {
  const t = useFlowsT()
  return (
    <ChoiceField
      label={t('flows.reason')}
      path={[...path, 'reason']}
      none={t('flows.reason_exhausted')}
      options={handoverReasons.map((value) => ({ value, label: t(`flows.reason_${snakeReason(value)}`) }))}
    />
  )
}

const outcomes = ['fixed', 'not_fixed', 'skipped', 'not_possible'] as const

export const snakeReason = <S extends string>(reason: S) =>
  reason.replace('-', '_') as S extends `${infer A}-${infer B}` ? `${A}_${B}` : S

type ToolProps = {
  name: string
  isFirst: boolean
  isLast: boolean
  onMove(by: number): void
  onRemove(): void
}

export function RowTools({ name, isFirst, isLast, onMove, onRemove }: ToolProps) {
  const t = useFlowsT()
  return (
    <span className={styles.tools}>
      <button type="button" disabled={isFirst} onClick={() => onMove(-1)} aria-label={t('flows.move_up', { name })}>
        ↑
      </button>
      <button type="button" disabled={isLast} onClick={() => onMove(1)} aria-label={t('flows.move_down', { name })}>
        ↓
      </button>
      <button type="button" onClick={onRemove} aria-label={t('flows.remove_named', { name })}>
        ×
      </button>
    </span>
  )
}
