import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api } from '../../app/api.ts'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { conversationQuery } from '../../app/queries.ts'
import { showToast } from '../../app/toasts.tsx'
import { lastSent } from './sending.ts'

/** Adds the tags that a reply brought along: after the server has the reply, wherever its author has gone meanwhile. */
export function useTagsAfterSending(): void {
  const queryClient = useQueryClient()
  const t = useT()
  const latest = useRef(t)
  useEffect(() => {
    latest.current = t
  })
  useEffect(() => {
    const addAll = async (conversationId: string, tags: readonly string[]) => {
      const left = [...tags]
      try {
        // One after the other: each answer has all tags that are there then.
        for (const tag of tags) {
          const answer = await api.addTag(conversationId, tag)
          left.shift()
          const { queryKey } = conversationQuery(conversationId)
          queryClient.setQueryData(queryKey, (state) => state && { ...state, tags: answer.tags })
        }
      } catch (error) {
        const reason = errorText(latest.current, error)
        const text = latest.current('workspace.toast_tags_failed', { tags: left.join(', '), reason })
        showToast({ tone: 'problem', text })
      }
    }
    return lastSent.subscribe(() => {
      const item = lastSent.get()
      if (item?.thenTag !== undefined && item.thenTag.length > 0) void addAll(item.conversationId, item.thenTag)
    })
  }, [queryClient])
}
