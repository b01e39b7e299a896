import type { ConversationState } from '@clew/client/conversation-state'
import { findGap } from '@clew/client/macro-text'
import type { TeamState } from '@clew/client/team-state'
import type { CaseField } from '@clew/contract/cases'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { newId, now } from '../../app/clock.ts'
import { useT } from '../../app/i18n.tsx'
import { useKeys } from '../../app/keys.tsx'
import { useSession } from '../../app/session.ts'
import { usePart, useStore } from '../../app/store.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass } from '../../app/ui/rail.tsx'
import { answerInReach, askAboutAnswer, wrongAnswer } from '../assistant/wrong-answer-store.ts'
import { AssistantStrip } from './assistant-strip.tsx'
import { Brief } from './brief.tsx'
import { Composer } from './composer.tsx'
import { ConversationHead } from './conversation-head.tsx'
import { checkBeforeSend } from './draft-guard.ts'
import { changeDraft, clearDraft, draftOf, type Kind } from './draft-store.ts'
import { Guard } from './guard.tsx'
import { markSeen } from './seen.ts'
import { outbox } from './sending.ts'
import styles from './thread.module.css'
import { Timeline } from './timeline.tsx'
import { type ConversationActions, useConversationActions } from './use-conversation-actions.ts'
import { usePresence } from './use-presence.ts'
import { useStickToEnd } from './use-stick-to-end.ts'

const WrongAnswerDialog = lazy(async () => ({
  default: (await import('../assistant/wrong-answer-dialog.tsx')).WrongAnswerDialog,
}))

type ThreadProps = {
  state: TeamState
  gaps: number
  /** What goes above the thread, such as the word that the network is away. */
  notice: ReactNode
  onAskForMissing(): void
  onAsk(fields: readonly CaseField[]): void
  /** Resolves and opens the next one. */
  onResolve(actions: ConversationActions): void
  /** Puts it off and opens the next one. */
  onSnooze(actions: ConversationActions, until: Date): void
  onNext(): void
}

/** One conversation: head, what is known, timeline, draft. */
export function Thread({ state, gaps, notice, onAskForMissing, onAsk, onResolve, onSnooze, onNext }: ThreadProps) {
  const { conversation } = state
  const actions = useConversationActions()
  const pending = usePending(state)
  const scroller = useRef<HTMLDivElement>(null)
  const textRef = useRef<HTMLTextAreaElement>(null)
  const { below, goToEnd } = useStickToEnd(scroller, conversation.id, state.messages.length + pending.length)
  const saysTyping = usePresence(conversation.id)
  const [assignOpen, setAssignOpen] = useState(false)
  const sending = useGuardedSending(state, onNext)
  const resolve = useAfterGlance(() => onResolve(actions))
  const [snoozeOpen, setSnoozeOpen] = useState(false)
  useThreadKeys({ state, textRef, actions, setAssignOpen, setSnoozeOpen, resolve })
  useSeen(conversation)

  return (
    <div className={cx(ledgerClass, styles.thread)}>
      {notice}
      <ConversationHead
        conversation={conversation}
        tags={state.tags}
        actions={actions}
        onResolve={resolve}
        snooze={{ open: snoozeOpen, onOpenChange: setSnoozeOpen, choose: (until) => onSnooze(actions, until) }}
        assign={{ open: assignOpen, onOpenChange: setAssignOpen }}
      />
      <AssistantStrip conversation={conversation} actions={actions} />
      <Brief state={state} onAsk={onAsk} />
      <Timeline state={state} pending={pending} scroller={scroller} />
      {below && <NewBelow onGo={goToEnd} />}
      {sending.held !== undefined && (
        <Guard
          state={state}
          arrivals={sending.held.arrivals}
          onChangeDraft={() => {
            sending.keepWriting()
            textRef.current?.focus()
          }}
          onSendAnyway={sending.sendAnyway}
        />
      )}
      <WrongAnswer />
      <Composer
        state={state}
        textRef={textRef}
        gaps={gaps}
        held={sending.held !== undefined}
        onAskForMissing={onAskForMissing}
        onSend={sending.send}
        onTyping={saysTyping}
      />
    </div>
  )
}

function NewBelow({ onGo }: { onGo(): void }) {
  const t = useT()
  return (
    <div className={styles.below}>
      <button type="button" className={controls.button} onClick={onGo}>
        {t('workspace.new_below')}
      </button>
    </div>
  )
}

function WrongAnswer() {
  const wrong = useStore(wrongAnswer)
  return (
    wrong !== undefined && (
      <Suspense>
        <WrongAnswerDialog wrong={wrong} />
      </Suspense>
    )
  )
}

/** What arrives while the tab is in the background was shown to nobody. */
function useSeen({ id, lastSeq }: TeamState['conversation']): void {
  useEffect(() => {
    const see = () => {
      if (document.visibilityState === 'visible') markSeen(id, lastSeq)
    }
    see()
    document.addEventListener('visibilitychange', see)
    return () => document.removeEventListener('visibilitychange', see)
  }, [id, lastSeq])
}

const glanceMs = 500

/** Does it, unless this has only just come on screen: the second of two quick presses was not meant for it. */
function useAfterGlance(act: () => void): () => void {
  const [shownAt] = useState(now)
  return () => {
    if (now() - shownAt >= glanceMs) act()
  }
}

/** What of this conversation is still on its way; an event may bring it back before the answer does. */
function usePending(state: ConversationState) {
  const items = usePart(outbox.items, (all) => all)
  const arrived = new Set(state.messages.map(({ clientMessageId }) => clientMessageId))
  return items.filter((item) => item.conversationId === state.conversation.id && !arrived.has(item.clientMessageId))
}

type Held = { readonly arrivals: ConversationState['messages']; readonly resolve: boolean }

function useGuardedSending(state: ConversationState, onNext: () => void) {
  const me = useSession().member
  const [held, setHeld] = useState<Held & { readonly in: string }>()
  const { id, lastSeq } = state.conversation

  const deliver = (resolve: boolean) => {
    const { kind, files, extras, ...texts } = draftOf(id)
    outbox.add({
      clientMessageId: newId(),
      conversationId: id,
      agentId: me.id,
      kind,
      body: texts[kind].trim(),
      files,
      writtenAt: new Date(now()).toISOString(),
      thenResolve: resolve,
      ...(kind === 'message' && extras !== undefined ? { thenTag: extras.tags } : {}),
    })
    clearDraft(id)
    setHeld(undefined)
    if (resolve) onNext()
  }
  return {
    held: held?.in === id ? held : undefined,
    send({ resolve }: { resolve: boolean }) {
      const check = checkBeforeSend(draftOf(id), state.messages, me)
      if (!check.hold) return deliver(resolve)
      changeDraft(id, { askedAtSeq: lastSeq })
      setHeld({ arrivals: check.arrivals, resolve, in: id })
    },
    sendAnyway() {
      const { kind, message } = draftOf(id)
      // What a macro has brought since then may have left something to be filled in; sending again says what.
      if (kind === 'message' && findGap(message) !== undefined) setHeld(undefined)
      else deliver(held?.resolve === true)
    },
    keepWriting: () => setHeld(undefined),
  }
}

type ThreadKeys = {
  state: ConversationState
  textRef: React.RefObject<HTMLTextAreaElement | null>
  actions: ConversationActions
  setAssignOpen(open: boolean): void
  setSnoozeOpen(open: boolean): void
  resolve(): void
}

function useThreadKeys({ state, textRef, actions, setAssignOpen, setSnoozeOpen, resolve }: ThreadKeys): void {
  const me = useSession().member
  const { conversation } = state
  const write = (kind: Kind) => {
    changeDraft(conversation.id, { kind })
    textRef.current?.focus()
  }
  useKeys({
    reply: () => write('message'),
    note: () => write('note'),
    assign: () => setAssignOpen(true),
    assign_to_me: () => void actions.assign(conversation, me),
    resolve: () => {
      if (conversation.status === 'open') resolve()
    },
    snooze: () => {
      if (conversation.status === 'open' && conversation.handling !== 'assistant') setSnoozeOpen(true)
    },
    wrong_answer: () => askAboutAnswer(state.messages, answerInReach(state.messages), conversation.locale),
  })
}
