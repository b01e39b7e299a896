import type { ConversationState } from '@clew/client/conversation-state'
import { findGap, type MacroGap, requestIdsOf } from '@clew/client/macro-text'
import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import type { ChosenMacro } from '../macros/picker.tsx'
import styles from './composer.module.css'
import { changeDraft, draftOf, useDraft } from './draft-store.ts'
import { noExtras, putInto, type Spot, slashTyped, withMacro } from './macro-draft.ts'

const MacroPicker = lazy(async () => ({ default: (await import('../macros/picker.tsx')).MacroPicker }))

export type ComposerMacros = ReturnType<typeof useComposerMacros>

/** The macros of a reply: where the list is open, what was chosen, and what is still to be filled in. */
export function useComposerMacros(state: ConversationState, textRef: RefObject<HTMLTextAreaElement | null>) {
  const { id, lastSeq } = state.conversation
  const { kind, message } = useDraft(id)
  const [open, setOpen] = useState<Spot & { readonly in: string }>()
  const [warned, setWarned] = useState(false)
  const select = useSelecting(textRef)
  const gap = kind === 'message' ? findGap(message) : undefined
  const spot = open?.in === id && kind === 'message' ? open : undefined

  return {
    spot,
    /** What is missing is said once it keeps something from being sent. */
    missing: warned ? gap : undefined,
    openAtCaret() {
      const end = textRef.current?.selectionEnd ?? message.length
      setOpen({ start: end, end, in: id })
    },
    typed(after: string, caret: number) {
      const slash = kind === 'message' ? slashTyped(message, after, caret) : undefined
      if (slash !== undefined) setOpen({ ...slash, in: id })
    },
    leave: () => setOpen(undefined),
    close() {
      const at = spot?.end
      setOpen(undefined)
      if (at !== undefined) select({ start: at, end: at })
    },
    choose({ text, ...extras }: ChosenMacro) {
      const before = draftOf(id)
      const put = putInto(before.message, spot ?? { start: before.message.length, end: before.message.length }, text)
      const isBegun = before.message.trim() !== '' && before.message !== '/'
      changeDraft(id, {
        message: put.text,
        extras: withMacro(before.extras ?? noExtras, extras),
        ...(isBegun ? {} : { begunAtSeq: lastSeq, askedAtSeq: lastSeq }),
      })
      setOpen(undefined)
      setWarned(false)
      select(put.selected)
    },
    /** Whether the reply can go as it stands; otherwise shows what is missing. */
    mayGo(): boolean {
      setWarned(gap !== undefined)
      if (gap !== undefined) select(gap)
      return gap === undefined
    },
  }
}

/** Selects in the text once it is there. */
function useSelecting(textRef: RefObject<HTMLTextAreaElement | null>) {
  const wanted = useRef<Spot>(undefined)
  const [, again] = useState(0)
  useEffect(() => {
    const spot = wanted.current
    wanted.current = undefined
    if (spot === undefined) return
    if (textRef.current !== null) selectIn(textRef.current, spot)
  })
  return (spot: Spot) => {
    wanted.current = spot
    again((count) => count + 1)
  }
}

/** Selects, and brings it into view, which a field does only for what is typed. */
function selectIn(text: HTMLTextAreaElement, { start, end }: Spot): void {
  text.focus()
  const whole = text.value
  text.value = whole.slice(0, end)
  const reach = text.scrollHeight
  text.value = whole
  text.setSelectionRange(start, end)
  text.scrollTop = Math.max(0, reach - text.clientHeight / 2)
}

type Of = { state: ConversationState; macros: ComposerMacros }

/** The list above the reply, where it is open. */
export function OpenMacros({ state, macros }: Of) {
  const { member } = useSession()
  const { contact, number, locale } = state.conversation
  if (macros.spot === undefined) return null
  const facts = {
    contactName: contact.name,
    agentName: member.name,
    conversationNumber: number,
    requestIds: requestIdsOf(state.case),
  }
  return (
    <Suspense>
      <MacroPicker
        locale={locale}
        facts={facts}
        onChoose={macros.choose}
        onClose={macros.close}
        onLeave={macros.leave}
      />
    </Suspense>
  )
}

export function MacrosButton({ macros }: { macros: ComposerMacros }) {
  const t = useT()
  return (
    <button
      type="button"
      className={controls.plain}
      aria-expanded={macros.spot !== undefined}
      onClick={macros.openAtCaret}
    >
      {t('workspace.macros')} <kbd>/</kbd>
    </button>
  )
}

/** What comes with the reply, each to be taken off; and what is still to be filled in. */
export function MacroNotes({ state, macros }: Of) {
  const t = useT()
  const { id, status } = state.conversation
  const { extras = noExtras, kind } = useDraft(id)
  if (kind === 'note') return null
  const resolves = extras.resolves && status === 'open'
  const change = (part: Partial<typeof extras>) => changeDraft(id, { extras: { ...extras, ...part } })
  return (
    <>
      {(extras.tags.length > 0 || resolves) && (
        <div className={styles.extras} role="group" aria-label={t('workspace.macro_extras')}>
          {extras.tags.map((tag) => (
            <Extra
              key={tag}
              label={t('workspace.macro_adds_tag', { tag })}
              off={t('workspace.macro_adds_tag_off', { tag })}
              onOff={() => change({ tags: extras.tags.filter((each) => each !== tag) })}
            />
          ))}
          {resolves && (
            <Extra
              label={t('workspace.macro_resolves')}
              off={t('workspace.macro_resolves_off')}
              onOff={() => change({ resolves: false })}
            />
          )}
        </div>
      )}
      <div role="alert">{macros.missing && <Missing gap={macros.missing} />}</div>
    </>
  )
}

function Extra({ label, off, onOff }: { label: string; off: string; onOff(): void }) {
  return (
    <span className={styles.extra}>
      {label}
      <button type="button" aria-label={off} title={off} onClick={onOff}>
        ×
      </button>
    </span>
  )
}

const wordOf = {
  'contact.name': 'contact_name',
  'agent.name': 'agent_name',
  'conversation.number': 'conversation_number',
  'case.request_id': 'case_request_id',
} as const

function Missing({ gap }: { gap: MacroGap }) {
  const t = useT()
  return (
    <p className={styles.missing}>
      <Status shape="partial" tone="partial">
        {t('workspace.macro_missing', {
          what: t(`workspace.macro_what_${wordOf[gap.placeholder]}`),
          placeholder: `{{${gap.placeholder}}}`,
        })}
      </Status>
    </p>
  )
}
