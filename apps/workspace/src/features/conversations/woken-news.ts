import { useEffect, useRef } from 'react'
import { latestEvent } from '../../app/feed.ts'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import { showToast } from '../../app/toasts.tsx'
import { caseNumber } from './names.ts'
import { wokenFor } from './woken-for.ts'

/** Tells who has a conversation, or else who put it off, that its time has come. */
export function useWokenNews(open: (id: string) => void): void {
  const t = useT()
  const me = useSession().member.id
  const latest = useRef(open)
  useEffect(() => {
    latest.current = open
  })
  useEffect(
    () =>
      latestEvent.subscribe(() => {
        const conversation = wokenFor(latestEvent.get()?.change, me)
        if (conversation === undefined) return
        const { id } = conversation
        showToast({
          text: t('workspace.toast_woke', { number: caseNumber(conversation) }),
          about: id,
          action: { label: t('workspace.toast_open'), run: () => latest.current(id) },
        })
      }),
    [me, t],
  )
}
