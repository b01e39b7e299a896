import type { SsoConnection, UpdateSsoConnection } from '@clew/contract/single-sign-on'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { overviewQuery, ssoApi } from './api.ts'

/** Saves a part of a connection, from the version that it was made from. */
export function useSave({ id, version }: SsoConnection) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: Omit<UpdateSsoConnection, 'version'>) => ssoApi.update(id, { version, ...change }),
    onSuccess: () => queryClient.invalidateQueries(overviewQuery),
  })
}
