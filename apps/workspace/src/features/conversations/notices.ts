import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { now } from '../../app/clock.ts'
import { latestEvent } from '../../app/feed.ts'
import { type Translate, useT } from '../../app/i18n.tsx'
import { inWords } from '../../app/masks.ts'
import { keep, readKept } from '../../app/preferences.ts'
import { useSession } from '../../app/session.ts'
import { createStore } from '../../app/store.ts'
import { caseNumber, contactName } from './names.ts'
import { type Notice, noticeOf } from './notice-model.ts'

const key = 'clew:notices'

/** Whether this browser shows news while the agent looks elsewhere. It may be told to refuse it at any time. */
export const noticesOn = createStore(readKept(key) === 'on' && isAllowed())

/** `refused`: by the browser, which then asks nobody again. `missing`: it shows notices of no page. */
export type SwitchedOn = 'on' | 'refused' | 'missing'

/** Asks the browser, and shows one at once: so it is seen how they look, and that they come. */
export async function switchNoticesOn(t: Translate): Promise<SwitchedOn> {
  if (!('Notification' in window)) return 'missing'
  if ((await Notification.requestPermission()) !== 'granted') return 'refused'
  if (show(t('workspace.notices_on'), { body: t('workspace.notices_example') }) === undefined) return 'missing'
  keep(key, 'on')
  noticesOn.set(true)
  return 'on'
}

export function switchNoticesOff(): void {
  keep(key, undefined)
  noticesOn.set(false)
}

/** Shows what waits for this agent, while they look elsewhere. */
export function useNotices(): void {
  const t = useT()
  const me = useSession().member
  const navigate = useNavigate()
  useEffect(() => {
    const shown = new Set<Notification>()
    const clear = (): void => {
      for (const notice of shown) notice.close()
      shown.clear()
    }
    const stop = latestEvent.subscribe(() => {
      const change = latestEvent.get()?.change
      const notice = change && noticeOf(change, { me, now: now() })
      if (notice === undefined || !noticesOn.get() || document.hasFocus()) return
      const conversationId = notice.conversation.id
      const made = show(titleOf(t, notice), { body: textOf(t, notice), tag: conversationId, lang: t.locale })
      if (made === undefined) return
      shown.add(made)
      made.addEventListener('close', () => shown.delete(made))
      made.addEventListener('click', () => {
        window.focus()
        void navigate({ to: '/c/$conversationId', params: { conversationId } })
      })
    })
    addEventListener('focus', clear)
    return () => {
      stop()
      removeEventListener('focus', clear)
      clear()
    }
  }, [t, me, navigate])
}

function titleOf(t: Translate, { type, conversation, message: { activity } }: Notice): string {
  const number = caseNumber(conversation)
  const name = contactName(t, conversation.contact)
  if (type === 'wrote') return `${name} · ${number}`
  if (type === 'waits') return t('workspace.notice_waits', { number, name })
  const by = activity?.type === 'assigned' ? activity.byName : undefined
  return by === undefined ? t('workspace.notice_yours', { number }) : t('workspace.notice_given', { number, by })
}

const longest = 200

/** Labels stand where secrets were, here as everywhere. */
function textOf(t: Translate, { type, conversation, message }: Notice): string {
  const words = inWords(t, type === 'wrote' ? message.body : conversation.subject)
  const files = message.attachments.map(({ name }) => name).join(', ')
  return (words.trim() === '' ? files : words).slice(0, longest)
}

/** One about the same conversation takes the place of the one before. Undefined where a browser shows none of a page. */
function show(title: string, options: NotificationOptions): Notification | undefined {
  try {
    return new Notification(title, options)
  } catch {
    return undefined
  }
}

/** What was allowed once may have been forbidden since. */
function isAllowed(): boolean {
  return 'Notification' in globalThis && Notification.permission === 'granted'
}
