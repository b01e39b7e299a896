import { createSettingsApi } from '@clew/client/settings-api'
import type { SettingsGroup } from '@clew/contract/settings'
import { queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

export const settingsApi = createSettingsApi(http)

export const settingsQuery = queryOptions({ queryKey: ['settings'], queryFn: settingsApi.settings })

export const changesQuery = (group: SettingsGroup) =>
  queryOptions({ queryKey: ['settings', 'changes', group], queryFn: () => settingsApi.changes(group) })
