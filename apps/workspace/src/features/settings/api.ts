import { createSettingsApi } from '@clew/client/settings-api'
import type { SettingsGroup } from '@clew/contract/settings'
import { queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

export const settingsApi = createSettingsApi(http)

export const settingsQuery = queryOptions({ queryKey: ['settings'], queryFn: settingsApi.settings })

/** Asked again now and then: nobody tells of it. */
export const mailQuery = queryOptions({
  queryKey: ['settings', 'mail'],
  queryFn: settingsApi.mail,
  staleTime: 60_000,
  refetchInterval: 300_000,
})

export const changesQuery = (group: SettingsGroup) =>
  queryOptions({ queryKey: ['settings', 'changes', group], queryFn: () => settingsApi.changes(group) })
