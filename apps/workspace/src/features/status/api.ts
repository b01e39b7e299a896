import { createStatusApi } from '@clew/client/status-api'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

export const statusApi = createStatusApi(http)

/** The feed says when somebody else has changed something; this is for what gets lost on the way. */
const refetchInterval = 120_000

export const componentsQuery = queryOptions({
  queryKey: ['status', 'components'],
  queryFn: statusApi.components,
  refetchInterval,
})

export const incidentsQuery = queryOptions({
  queryKey: ['status', 'incidents'],
  queryFn: statusApi.incidents,
  refetchInterval,
})

/** A change, after which everything on the screen is read again. */
export function useChange<Input, Answer>(change: (input: Input) => Promise<Answer>, onDone?: (answer: Answer) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async (answer) => {
      await queryClient.invalidateQueries({ queryKey: ['status'] })
      onDone?.(answer)
    },
  })
}
