import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { conversationQuery } from '../../app/queries.ts'
import { lastSent } from './sending.ts'
import { useConversationActions } from './use-conversation-actions.ts'

/** Resolves what was sent with “Send and resolve”: after the server has the reply, wherever its author has gone meanwhile. */
export function useResolveAfterSending(): void {
  const queryClient = useQueryClient()
  const actions = useConversationActions()
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  useEffect(
    () =>
      lastSent.subscribe(() => {
        const item = lastSent.get()
        if (item?.thenResolve !== true) return
        void queryClient
          .ensureQueryData(conversationQuery(item.conversationId))
          .then(({ conversation }) => latest.current.resolve(conversation))
      }),
    [queryClient],
  )
}
