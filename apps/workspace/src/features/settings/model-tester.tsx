import type { ModelTest } from '@clew/contract/settings'
import { useMutation } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import { settingsApi } from './api.ts'
import styles from './settings.module.css'
import type { ScreenProps } from './settings-screen.tsx'
import { type SettingsT, useSettingsT } from './words.ts'

/** One real call with what stands in the form, and in plain words how it went. */
export function ModelTester({ draft }: ScreenProps<'model'>) {
  const t = useSettingsT()
  const workspace = useT()
  const test = useMutation({
    mutationFn: () =>
      settingsApi.testModel({ value: draft.value, ...(draft.key === undefined ? {} : { key: draft.key }) }),
  })
  return (
    <div>
      <div className={styles.ways}>
        <button type="button" className={controls.button} disabled={test.isPending} onClick={() => test.mutate()}>
          {t('settings.model_test')}
        </button>
        <span className={controls.hint}>{t('settings.model_test_hint')}</span>
      </div>
      <div role="status">
        {test.isPending && t('settings.model_testing')}
        {test.error !== null && (
          <Status shape="major" tone="major">
            {errorText(workspace, test.error)}
          </Status>
        )}
        {test.data !== undefined && !test.isPending && (
          <Status shape={test.data.ok ? 'ok' : 'major'} tone={test.data.ok ? 'ok' : 'major'}>
            {said(t, test.data)}
          </Status>
        )}
      </div>
    </div>
  )
}

function said(t: SettingsT, { ok, latencyMs, answer = '', error = 'refused', status = 0 }: ModelTest): string {
  if (ok) return t('settings.model_test_ok', { answer, ms: latencyMs })
  if (error === 'timeout') return t('settings.model_test_timeout', { ms: latencyMs })
  if (error === 'refused') return t('settings.model_test_refused', { status })
  return t(`settings.model_test_${error}`)
}
