import type { SsoKind, SsoProvider } from '@clew/contract/single-sign-on'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { Status } from '../../app/ui/status.tsx'
import { overviewQuery, ssoApi } from './api.ts'
import styles from './sso.module.css'
import { useSsoT } from './words.ts'

const providers = ['entra', 'okta', 'google', 'keycloak', 'other'] as const satisfies readonly SsoProvider[]

type Draft = { provider: SsoProvider; kind: SsoKind; name: string }

/** Asks where the people are and in which way to ask there, and begins a draft. */
export function AddConnection({ onAdded }: { onAdded(id: string): void }) {
  const t = useSsoT()
  const words = useT()
  const queryClient = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const [draft, setDraft] = useState<Draft>({
    provider: 'entra',
    kind: 'saml',
    name: t('console-sso.provider_entra'),
  })
  const add = useMutation({
    mutationFn: () => ssoApi.create(draft),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries(overviewQuery)
      setOpen(false)
      onAdded(id)
    },
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate()
  }
  if (!isOpen)
    return (
      <button type="button" className={controls.button} onClick={() => setOpen(true)}>
        {t('console-sso.add')}
      </button>
    )
  return (
    <form className={styles.form} onSubmit={onSubmit} aria-label={t('console-sso.add')}>
      <Choice draft={draft} onChange={setDraft} />
      <label>
        <span className={controls.label}>{t('console-sso.name')}</span>
        <input
          className={controls.field}
          required
          maxLength={80}
          value={draft.name}
          onChange={({ target }) => setDraft({ ...draft, name: target.value })}
        />
      </label>
      <div className={styles.ways}>
        <button type="submit" className={controls.main} disabled={add.isPending}>
          {t('console-sso.add_do')}
        </button>
        <button type="button" className={controls.plain} onClick={() => setOpen(false)}>
          {t('console-sso.cancel')}
        </button>
      </div>
      <div role="status" className={styles.said}>
        {add.error !== null && (
          <Status shape="major" tone="major">
            {errorText(words, add.error)}
          </Status>
        )}
      </div>
    </form>
  )
}

function Choice({ draft, onChange }: { draft: Draft; onChange(draft: Draft): void }) {
  const t = useSsoT()
  return (
    <div className={styles.pair}>
      <label>
        <span className={controls.label}>{t('console-sso.provider')}</span>
        <Select
          boxed
          value={draft.provider}
          onChange={({ target }) => {
            const provider = target.value as SsoProvider
            const name = provider === 'other' ? '' : t(`console-sso.provider_${provider}`)
            onChange({ ...draft, provider, name, kind: provider === 'google' ? 'oidc' : draft.kind })
          }}
        >
          {providers.map((each) => (
            <option key={each} value={each}>
              {t(`console-sso.provider_${each}`)}
            </option>
          ))}
        </Select>
      </label>
      <label>
        <span className={controls.label}>{t('console-sso.kind')}</span>
        <Select
          boxed
          value={draft.kind}
          onChange={({ target }) => onChange({ ...draft, kind: target.value as SsoKind })}
        >
          <option value="saml">{t('console-sso.kind_saml')}</option>
          <option value="oidc">{t('console-sso.kind_oidc')}</option>
        </Select>
      </label>
    </div>
  )
}
