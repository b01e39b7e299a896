import type { ConversationState } from '@clew/client/conversation-state'
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, type RefObject, useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import { timeOfDay } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import text from '../../app/ui/text.module.css'
import { AttachButton, AttachedList } from './attached-list.tsx'
import styles from './composer.module.css'
import { type ComposerMacros, MacroNotes, MacrosButton, OpenMacros, useComposerMacros } from './composer-macros.tsx'
import { changeDraft, type Kind, useDraft, writeDraft } from './draft-store.ts'
import { maxBodyLength } from './limits.ts'
import { contactInSentence } from './names.ts'
import { type Attaching, useAttaching } from './use-attaching.ts'

export type ComposerProps = {
  state: ConversationState
  textRef: RefObject<HTMLTextAreaElement | null>
  gaps: number
  held: boolean
  onAskForMissing(): void
  onSend(options: { resolve: boolean }): void
  onTyping(): void
}

/** The rail goes on into the draft: its margin chooses between the contact and the team. */
export function Composer(props: ComposerProps) {
  const { state, textRef, onSend } = props
  const id = state.conversation.id
  const draft = useDraft(id)
  const attaching = useAttaching(id)
  const { dragging, ...drop } = useDropping(attaching)
  const isNote = draft.kind === 'note'
  const hasContent = draft[draft.kind].trim() !== '' || draft.files.length > 0
  const canSend = hasContent && attaching.uploads.length === 0
  const macros = useComposerMacros(state, textRef)
  const canResolve = !isNote && state.conversation.status === 'open'
  const resolves = canResolve && draft.extras?.resolves === true
  const send = (resolve: boolean) => canSend && macros.mayGo() && onSend({ resolve })
  return (
    <form
      className={cx(styles.composer, isNote && styles.isNote, dragging && styles.dragging)}
      onSubmit={(event) => {
        event.preventDefault()
        send(resolves)
      }}
      {...drop}
    >
      <OpenMacros state={state} macros={macros} />
      <RailRow
        bodyClass={styles.body}
        marginClass={styles.modes}
        margin={<Modes conversationId={id} textRef={textRef} />}
      >
        <To state={state} held={props.held} />
        <DraftText {...props} attaching={attaching} macros={macros} onEnter={(resolve) => send(resolve || resolves)} />
        <AttachedList attaching={attaching} files={draft.files} />
        <MacroNotes state={state} macros={macros} />
        <div className={styles.tools}>
          {!isNote && <AskForMissing gaps={props.gaps} onAsk={props.onAskForMissing} />}
          <AttachButton attaching={attaching} />
          {!isNote && <MacrosButton macros={macros} />}
          <SendButtons isNote={isNote} canSend={canSend} canResolve={canResolve} resolves={resolves} onSend={send} />
        </div>
      </RailRow>
    </form>
  )
}

function useDropping(attaching: Attaching) {
  const [dragging, setDragging] = useState(false)
  return {
    dragging,
    onDragOver(event: DragEvent) {
      event.preventDefault()
      setDragging(true)
    },
    onDragLeave: () => setDragging(false),
    onDrop(event: DragEvent) {
      event.preventDefault()
      setDragging(false)
      attaching.add(event.dataTransfer.files)
    },
  }
}

type DraftTextProps = ComposerProps & {
  attaching: Attaching
  macros: ComposerMacros
  onEnter(resolve: boolean): void
}

function DraftText({ state, textRef, attaching, macros, onEnter, onTyping }: DraftTextProps) {
  const t = useT()
  const { id, lastSeq, contact, locale } = state.conversation
  const draft = useDraft(id)
  const isNote = draft.kind === 'note'
  const name = contactInSentence(t, contact)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') textRef.current?.blur()
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    onEnter(event.shiftKey && !isNote)
  }
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return
    event.preventDefault()
    attaching.add(event.clipboardData.files)
  }
  return (
    <textarea
      ref={textRef}
      className={styles.draft}
      value={draft[draft.kind]}
      rows={1}
      maxLength={maxBodyLength}
      lang={isNote ? undefined : locale}
      aria-label={isNote ? t('workspace.note_to_team') : t('workspace.reply_to', { name })}
      placeholder={isNote ? t('workspace.note_placeholder') : t('workspace.reply_placeholder', { name })}
      onChange={(event) => {
        onTyping()
        macros.typed(event.target.value, event.target.selectionStart)
        writeDraft(id, event.target.value, lastSeq)
      }}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
    />
  )
}

function AskForMissing({ gaps, onAsk }: { gaps: number; onAsk(): void }) {
  const t = useT()
  if (gaps === 0) return null
  return (
    <button type="button" className={controls.plain} onClick={onAsk}>
      {t('workspace.ask_for_missing')} <b>{t.format.number(gaps)}</b>
    </button>
  )
}

type SendButtonsProps = {
  isNote: boolean
  canSend: boolean
  canResolve: boolean
  /** A macro has said that the reply resolves. */
  resolves: boolean
  onSend(resolve: boolean): void
}

function SendButtons({ isNote, canSend, canResolve, resolves, onSend }: SendButtonsProps) {
  const t = useT()
  const words = [t('workspace.send'), t('workspace.send_and_resolve')] as const
  const [main, other] = resolves ? [words[1], words[0]] : words
  return (
    <span className={styles.send}>
      {canResolve && (
        <button type="button" className={controls.button} disabled={!canSend} onClick={() => onSend(!resolves)}>
          {other}
        </button>
      )}
      <button type="submit" className={controls.main} disabled={!canSend}>
        {isNote ? t('workspace.add_note') : main} <kbd>Ctrl ↵</kbd>
      </button>
    </span>
  )
}

function Modes({ conversationId, textRef }: { conversationId: string; textRef: ComposerProps['textRef'] }) {
  const t = useT()
  const { kind } = useDraft(conversationId)
  const choose = (next: Kind) => {
    changeDraft(conversationId, { kind: next })
    textRef.current?.focus()
  }
  const modes = [
    ['message', t('workspace.reply'), 'R'],
    ['note', t('workspace.note'), 'N'],
  ] as const
  return modes.map(([mode, label, key]) => (
    <button key={mode} type="button" className={styles.mode} aria-pressed={kind === mode} onClick={() => choose(mode)}>
      {label} <kbd>{key}</kbd>
    </button>
  ))
}

function To({ state, held }: { state: ConversationState; held: boolean }) {
  const t = useT()
  const { kind, savedAt } = useDraft(state.conversation.id)
  const name = contactInSentence(t, state.conversation.contact)
  return (
    <p className={styles.to}>
      <span>{kind === 'note' ? t('workspace.to_team', { name }) : t('workspace.to_contact', { name })}</span>
      {savedAt !== undefined && (
        <span className={cx(text.push, text.nowrap)}>
          {t(held ? 'workspace.draft_held' : 'workspace.draft_saved', { at: timeOfDay(t, savedAt) })}
        </span>
      )}
    </p>
  )
}
