import type { AgentSession } from '@clew/contract/sessions'
import type { SignInStep } from '@clew/contract/sign-in'
import { useQueryClient } from '@tanstack/react-query'
import { sessionQuery } from '../../app/queries.ts'
import { type Entered, isStep } from '../../app/sign-in/api.ts'

/** What follows a proof: the workspace, or one step more. */
export function useEntered({
  onDone,
  onStep,
}: {
  onDone(session: AgentSession): void
  onStep(step: SignInStep): void
}) {
  const queryClient = useQueryClient()
  return (entered: Entered) => {
    if (isStep(entered)) return onStep(entered)
    // Someone else may have been here before.
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'words' })
    queryClient.setQueryData(sessionQuery.queryKey, entered)
    onDone(entered)
  }
}
