import { createIdentityApi } from '@clew/client/identity-api'
import { queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

export const identityApi = createIdentityApi(http)

export const keysQuery = queryOptions({ queryKey: ['identity-keys'], queryFn: identityApi.keys })
