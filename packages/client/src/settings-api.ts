import type {
  BrandLogo,
  MailDelivery,
  ModelTest,
  Settings,
  SettingsChangeList,
  SettingsGroup,
} from '@clew/contract/settings'
import type { Http } from './http.ts'

export type SettingsApi = ReturnType<typeof createSettingsApi>

/** What is sent to save a group: the version that was seen, and every field that is not the operator's. */
export type SettingsToSave<V = object> = { version: number; value: V; key?: string | null }

/** The routes by which a team decides about brand, hours, languages, bubble and model. */
export function createSettingsApi(http: Http) {
  return {
    settings: () => http.request<Settings>('GET', '/settings'),
    mail: () => http.request<MailDelivery>('GET', '/settings/mail'),
    changes: (group: SettingsGroup) =>
      http.request<SettingsChangeList>('GET', '/settings/changes', { query: { group } }),
    save: (group: SettingsGroup, input: SettingsToSave) =>
      http.request<Settings>('PUT', `/settings/${group}`, { body: input }),
    uploadLogo: (file: Blob) =>
      http.request<BrandLogo>('POST', '/settings/logo', {
        body: file,
        headers: { 'content-type': 'application/octet-stream' },
      }),
    testModel: (input: Omit<SettingsToSave, 'version'>) =>
      http.request<ModelTest>('POST', '/settings/model/test', { body: input }),
  }
}
