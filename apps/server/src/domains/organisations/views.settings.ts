import type { KeyState, Settings, SettingsChange, SettingsGroup } from '@clew/contract/settings'
import type { TextSeal } from '../../platform/storage/text-seal.ts'
import {
  changedFields,
  endOfKey,
  languageDefaults,
  modelDefaults,
  type OperatorSettings,
  openKey,
  originOf,
  type SavedSettings,
  type SettingsRow,
} from './model.settings.ts'
import type { SettingsChangeRow } from './repository.settings.ts'

export type LoaderFacts = { url: string; integrity: string | undefined }

type About = { mayChange: boolean; operator: OperatorSettings; seal: TextSeal; loader: LoaderFacts }

export function settingsView(rows: readonly SettingsRow[], about: About): Settings {
  const { mayChange, operator, loader } = about
  const rowOf = (group: SettingsGroup) => rows.find((row) => row.group === group)
  const { key: _key, url: operatorUrl, name: operatorModel } = operator.model ?? {}
  return {
    mayChange,
    brand: { ...stateOf(rowOf('brand'), 'brand'), operator: operator.brand },
    hours: { ...stateOf(rowOf('hours'), 'hours'), operator: { timeZone: operator.timeZone } },
    languages: {
      ...stateOf(rowOf('languages'), 'languages'),
      operator: { offered: [...languageDefaults.offered], default: languageDefaults.default },
    },
    bubble: {
      ...stateOf(rowOf('bubble'), 'bubble'),
      operator: { suggestions: { en: [...operator.suggestions.en], el: [...operator.suggestions.el] } },
    },
    model: {
      ...stateOf(rowOf('model'), 'model'),
      operator: {
        kind: operator.model ? 'openai' : 'off',
        ...(operatorUrl === undefined ? {} : { url: operatorUrl }),
        ...(operatorModel === undefined ? {} : { model: operatorModel }),
        timeBudgetMs: modelDefaults.timeBudgetMs,
        maxTokensPerAnswer: modelDefaults.maxTokensPerAnswer,
        maxTokensPerDay: modelDefaults.maxTokensPerDay,
      },
      key: keyStateOf(rowOf('model'), about),
    },
    loader: { url: loader.url, ...(loader.integrity === undefined ? {} : { integrity: loader.integrity }) },
  }
}

function stateOf<G extends SettingsGroup>(row: SettingsRow | undefined, _group: G) {
  return {
    version: row?.version ?? 0,
    saved: (row?.value ?? {}) as SavedSettings[G],
    ...(row === undefined || row.version === 0 ? {} : { updatedAt: row.updatedAt.toISOString() }),
    ...(row?.updatedByName === undefined ? {} : { updatedBy: row.updatedByName }),
  }
}

/** Whether there is a key, and for who may change it, how it ends. */
function keyStateOf(row: SettingsRow | undefined, { mayChange, operator, seal }: About): KeyState {
  const url = ((row?.value ?? {}) as SavedSettings['model']).url ?? operator.model?.url
  const known = (key: string, source: 'workspace' | 'operator'): KeyState => {
    const endsIn = mayChange ? endOfKey(key) : undefined
    return { state: 'set', source, ...(endsIn === undefined ? {} : { endsIn }) }
  }
  if (row?.secret !== undefined) {
    const key = openKey(row.secret, url, seal)
    return key === undefined ? { state: 'unreadable', source: 'workspace' } : known(key, 'workspace')
  }
  const operatorKey = originOf(url) === originOf(operator.model?.url) ? operator.model?.key : undefined
  return operatorKey === undefined ? { state: 'unset' } : known(operatorKey, 'operator')
}

export const settingsChangeView = ({ id, at, by, before, after }: SettingsChangeRow): SettingsChange => ({
  id,
  at: at.toISOString(),
  by,
  fields: changedFields(before, after),
})
