import { useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import { mayHold, policyFaults } from './csp-check.ts'
import { Field } from './field.tsx'
import { Part, type ScreenProps } from './settings-screen.tsx'
import { useSettingsT } from './words.ts'

/** Says which lines of a page's policy keep the bubble from working. Nothing of it leaves the browser. */
export function PageCheck({ settings, draft }: ScreenProps<'bubble'>) {
  const t = useSettingsT()
  const [policy, setPolicy] = useState('')
  const [page, setPage] = useState('')
  const { origin } = new URL(settings.loader.url, location.href)
  const held = page === '' ? undefined : mayHold(page, draft.value.origins ?? [])
  const faults = policyFaults(policy, origin)
  return (
    <Part title={t('settings.csp_title')}>
      <p className={controls.hint}>{t('settings.csp_hint')}</p>
      <Field label={t('settings.csp_origin')}>
        {(ids) => (
          <input
            {...ids}
            className={controls.field}
            type="url"
            value={page}
            onChange={({ target }) => setPage(target.value)}
          />
        )}
      </Field>
      <Field label={t('settings.csp_policy')}>
        {(ids) => (
          <textarea
            {...ids}
            className={controls.field}
            rows={3}
            spellCheck={false}
            value={policy}
            onChange={({ target }) => setPolicy(target.value)}
          />
        )}
      </Field>
      <div role="status">
        {held !== undefined && (
          <p>
            <Status {...(held ? fine : wrong)}>
              {t(held ? 'settings.csp_origin_ok' : 'settings.csp_origin_refused')}
            </Status>
          </p>
        )}
        {policy.trim() !== '' && faults.length === 0 && <Status {...fine}>{t('settings.csp_fine')}</Status>}
        {policy.trim() !== '' &&
          faults.map((fault) => (
            <p key={fault}>
              <Status {...(fault === 'frame' ? slower : wrong)}>{t(`settings.csp_${fault}`, { origin })}</Status>
            </p>
          ))}
      </div>
    </Part>
  )
}

const fine = { shape: 'ok', tone: 'ok' } as const
const slower = { shape: 'degraded', tone: 'degraded' } as const
const wrong = { shape: 'major', tone: 'major' } as const
