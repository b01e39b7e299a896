import { useMutation, useQueryClient } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import { refreshMembers } from './api.ts'

type Options<A> = { onDone?(answer: A): void; toast?: boolean }

/** A change, after which everything about people is read anew. A refusal is a toast, unless the caller shows it. */
export function useChange<A, V = void>(run: (input: V) => Promise<A>, { onDone, toast = true }: Options<A> = {}) {
  const client = useQueryClient()
  const words = useT()
  return useMutation({
    mutationFn: run,
    onSuccess: async (answer) => {
      onDone?.(answer)
      await refreshMembers(client)
    },
    onError: async (error) => {
      if (toast) showToast({ text: errorText(words, error), tone: 'problem' })
      await refreshMembers(client)
    },
  })
}
