import { createConnectorsApi } from '@clew/client/connectors-api'
import { queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

export const connectorsApi = createConnectorsApi(http)

export const connectorQuery = queryOptions({ queryKey: ['connector'], queryFn: connectorsApi.connector })

const whileWaitingMs = 2000

/** The feed says when something came of one; while some are waited for we look by ourselves as well. */
export const lookupsQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['lookups', conversationId],
    queryFn: () => connectorsApi.lookups(conversationId),
    refetchInterval: ({ state }) =>
      state.data?.lookups.some((lookup) => lookup.state === 'waiting') ? whileWaitingMs : false,
  })
