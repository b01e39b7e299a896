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
import { changeDraft, type Kind, useDraft, writeDraft } from './draft-store.ts'
import { maxBodyLength } from './limits.ts'
import { contactName } from './names.ts'
import { useAttaching } from './use-attaching.ts'

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
  const { state, textRef, onSend, onTyping } = props
  const t = useT()
  const id = state.conversation.id
  const draft = useDraft(id)
  const attaching = useAttaching(id)
  const [dragging, setDragging] = useState(false)
  const body = draft[draft.kind]
  const isNote = draft.kind === 'note'
  const name = contactName(t, state.conversation.contact)
  const canSend = (body.trim() !== '' || draft.files.length > 0) && attaching.uploads.length === 0

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return textRef.current?.blur()
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return undefined
    event.preventDefault()
    if (canSend) onSend({ resolve: event.shiftKey })
    return undefined
  }
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return
    event.preventDefault()
    attaching.add(event.clipboardData.files)
  }
  const drop = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault()
      setDragging(true)
    },
    onDragLeave: () => setDragging(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setDragging(false)
      attaching.add(event.dataTransfer.files)
    },
  }
  return (
    <form
      className={cx(styles.composer, isNote && styles.isNote, dragging && styles.dragging)}
      onSubmit={(event) => {
        event.preventDefault()
        if (canSend) onSend({ resolve: false })
      }}
      {...drop}
    >
      <RailRow bodyClass={styles.body} marginClass={styles.modes} margin={<Modes conversationId={id} textRef={textRef} />}>
        <To state={state} held={props.held} />
        <textarea
          ref={textRef}
          className={styles.draft}
          value={body}
          rows={1}
          maxLength={maxBodyLength}
          lang={isNote ? undefined : state.conversation.locale}
          aria-label={isNote ? t('workspace.note_to_team') : t('workspace.reply_to', { name })}
          placeholder={isNote ? t('workspace.note_placeholder') : t('workspace.reply_placeholder', { name })}
          onChange={(event) => {
            onTyping()
            writeDraft(id, event.target.value, state.conversation.lastSeq)
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <AttachedList attaching={attaching} files={draft.files} />
        <div className={styles.tools}>
          {props.gaps > 0 && !isNote && (
            <button type="button" className={controls.plain} onClick={props.onAskForMissing}>
              {t('workspace.ask_for_missing')} <b>{t.format.number(props.gaps)}</b>
            </button>
          )}
          <AttachButton attaching={attaching} />
          <span className={styles.send}>
            {!isNote && state.conversation.status === 'open' && (
              <button type="button" className={controls.button} disabled={!canSend} onClick={() => onSend({ resolve: true })}>
                {t('workspace.send_and_resolve')}
              </button>
            )}
            <button type="submit" className={controls.main} disabled={!canSend}>
              {isNote ? t('workspace.add_note') : t('workspace.send')} <kbd>Ctrl ↵</kbd>
            </button>
          </span>
        </div>
      </RailRow>
    </form>
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
  const name = contactName(t, state.conversation.contact)
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
