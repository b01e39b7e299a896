import { createMacrosApi } from '@clew/client/macros-api'
import { queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

export const macrosApi = createMacrosApi(http)

/** Nobody tells of a change: they are asked for anew whenever they are shown. */
export const macrosQuery = queryOptions({ queryKey: ['macros'], queryFn: macrosApi.list, staleTime: 0 })
