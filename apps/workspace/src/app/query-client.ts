import { ClewError } from '@clew/client/http'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { isSessionOver } from './errors.ts'

const retries = 2

export function createQueryClient(onSessionOver: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (isSessionOver(error)) onSessionOver()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => query.queryKey[0] !== 'session' && onError(error) }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // The feed keeps what is cached true, so nothing goes stale by time.
      queries: { staleTime: Infinity, refetchOnWindowFocus: false, networkMode: 'always', retry: isWorthAnother },
      mutations: { networkMode: 'always' },
    },
  })
}

const isWorthAnother = (failures: number, error: unknown): boolean =>
  failures < retries && error instanceof ClewError && error.isTemporary
