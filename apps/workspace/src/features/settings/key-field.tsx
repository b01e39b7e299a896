import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import { Field } from './field.tsx'
import styles from './settings.module.css'
import type { ScreenProps } from './settings-screen.tsx'
import { type SettingsT, useSettingsT } from './words.ts'

const originOf = (url: string | undefined): string =>
  url !== undefined && URL.canParse(url) ? new URL(url).origin : ''

/** The key goes in and never comes out. */
export function KeyField({ settings, draft }: ScreenProps<'model'>) {
  const t = useSettingsT()
  const { key, saved, operator } = settings.model
  const isOwn = key.state !== 'unset' && key.source === 'workspace'
  const isElsewhere = originOf(draft.value.url ?? operator.url) !== originOf(saved.url ?? operator.url)
  return (
    <div>
      <p>
        {isElsewhere && key.state === 'set' ? (
          <Status shape="degraded" tone="degraded">
            {t('settings.model_key_will_go')}
          </Status>
        ) : (
          stateOf(t, settings.model.key)
        )}
      </p>
      {draft.key === null ? (
        <p className={styles.ways}>
          {t('settings.model_key_removing')}{' '}
          <button type="button" className={controls.link} onClick={() => draft.setKey(undefined)}>
            {t('settings.model_key_keep')}
          </button>
        </p>
      ) : (
        <>
          <Field label={t('settings.model_key_new')} hint={t('settings.model_key_hint')}>
            {(ids) => (
              <input
                {...ids}
                className={controls.field}
                type="password"
                // A browser that offers to keep it would fill in somebody's own password.
                autoComplete="new-password"
                maxLength={500}
                value={draft.key ?? ''}
                onChange={({ target }) => draft.setKey(target.value === '' ? undefined : target.value.trim())}
              />
            )}
          </Field>
          {isOwn && (
            <button type="button" className={controls.link} onClick={() => draft.setKey(null)}>
              {t('settings.model_key_remove')}
            </button>
          )}
        </>
      )}
    </div>
  )
}

function stateOf(t: SettingsT, key: ScreenProps<'model'>['settings']['model']['key']): string {
  if (key.state === 'unset') return t('settings.model_key_unset')
  if (key.state === 'unreadable') return t('settings.model_key_unreadable')
  const said =
    key.endsIn === undefined ? t('settings.model_key_set_plain') : t('settings.model_key_set', { end: key.endsIn })
  return key.source === 'operator' ? `${said} ${t('settings.from_operator')}.` : said
}
