import type { AgentSession } from '@clew/contract/sessions'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { sessionQuery } from '../../app/queries.ts'

/** Sends a form, and with the session it answers goes on into the workspace. */
export function useEntrance(enter: (form: FormData) => Promise<AgentSession>, onDone: () => void) {
  const queryClient = useQueryClient()
  const sending = useMutation({
    mutationFn: enter,
    onSuccess: (session) => {
      // Someone else may have been here before.
      queryClient.removeQueries()
      queryClient.setQueryData(sessionQuery.queryKey, session)
      onDone()
    },
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    sending.mutate(new FormData(event.currentTarget))
  }
  return { onSubmit, busy: sending.isPending, error: sending.error }
}

export const fieldOf = (form: FormData, name: string): string => String(form.get(name) ?? '')
