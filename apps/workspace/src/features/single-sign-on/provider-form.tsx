import type { SsoConnection, SsoSetUp } from '@clew/contract/single-sign-on'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { Status } from '../../app/ui/status.tsx'
import styles from './sso.module.css'
import { useSave } from './use-save.ts'
import { useSsoT } from './words.ts'

type Way = 'url' | 'paste' | 'fields'
type Draft = {
  way: Way
  metadataUrl: string
  metadata: string
  idpEntityId: string
  idpSsoUrl: string
  certificates: [string, string]
  issuer: string
  clientId: string
  clientSecret: string
}

const draftOf = (connection: SsoConnection): Draft => ({
  way: connection.metadataUrl !== undefined || connection.idpEntityId === undefined ? 'url' : 'fields',
  metadataUrl: connection.metadataUrl ?? '',
  metadata: '',
  idpEntityId: connection.idpEntityId ?? '',
  idpSsoUrl: connection.idpSsoUrl ?? '',
  certificates: ['', ''],
  issuer: connection.issuer ?? '',
  clientId: connection.clientId ?? '',
  clientSecret: '',
})

/** What comes back from the identity provider: read from an address, pasted, or field by field. */
export function ProviderForm({ connection }: { connection: SsoConnection }) {
  const t = useSsoT()
  const words = useT()
  const [draft, setDraft] = useState(() => draftOf(connection))
  const save = useSave(connection)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ setUp: setUpOf(connection, draft) })
  }
  const props = { draft, onChange: setDraft, connection }
  return (
    <section aria-label={t('console-sso.provider_part')}>
      <h3>{t('console-sso.provider_part')}</h3>
      {connection.kind === 'saml' && <Certificates connection={connection} />}
      <form className={styles.form} onSubmit={onSubmit}>
        {connection.kind === 'saml' ? <SamlFields {...props} /> : <OidcFields {...props} />}
        <button type="submit" className={controls.button} disabled={save.isPending}>
          {t(save.isPending ? 'console-sso.reading' : 'console-sso.save')}
        </button>
        <div role="status" className={styles.said}>
          {save.error !== null && (
            <Status shape="major" tone="major">
              {errorText(words, save.error)}
            </Status>
          )}
        </div>
      </form>
    </section>
  )
}

function setUpOf({ kind }: SsoConnection, draft: Draft): SsoSetUp {
  const { way, metadataUrl, metadata, idpEntityId, idpSsoUrl, certificates, issuer, clientId, clientSecret } = draft
  if (kind === 'oidc')
    return {
      issuer: issuer.trim(),
      clientId: clientId.trim(),
      ...(clientSecret === '' ? {} : { clientSecret }),
    }
  if (way === 'url') return { metadataUrl: metadataUrl.trim() }
  if (way === 'paste') return { metadata }
  const filled = certificates.filter((each) => each.trim() !== '')
  return {
    metadataUrl: '',
    idpEntityId: idpEntityId.trim(),
    idpSsoUrl: idpSsoUrl.trim(),
    ...(filled.length === 0 ? {} : { certificates: filled }),
  }
}

function Certificates({ connection: { certificates, metadataReadAt } }: { connection: SsoConnection }) {
  const t = useSsoT()
  if (certificates.length === 0) return null
  const day = (at: string): string => t.format.date(at, { dateStyle: 'long' })
  return (
    <dl className={styles.record}>
      {certificates.map(({ fingerprint, subject, notBefore, notAfter }) => (
        <div key={fingerprint} style={{ display: 'contents' }}>
          <dt>{t('console-sso.certificate')}</dt>
          <dd>
            {subject}
            <br />
            {t('console-sso.certificate_from_to', { from: day(notBefore), to: day(notAfter) })}
            <br />
            <span className={styles.mono}>{fingerprint}</span>
          </dd>
        </div>
      ))}
      {metadataReadAt !== undefined && (
        <>
          <dt>{t('console-sso.metadata_read')}</dt>
          <dd>{t.format.date(metadataReadAt, { dateStyle: 'long', timeStyle: 'short' })}</dd>
        </>
      )}
    </dl>
  )
}

type FieldProps = { draft: Draft; onChange(draft: Draft): void; connection: SsoConnection }

function SamlFields({ draft, onChange, connection }: FieldProps) {
  const t = useSsoT()
  return (
    <>
      <label>
        <span className={controls.label}>{t('console-sso.metadata_way')}</span>
        <Select boxed value={draft.way} onChange={({ target }) => onChange({ ...draft, way: target.value as Way })}>
          <option value="url">{t('console-sso.metadata_way_url')}</option>
          <option value="paste">{t('console-sso.metadata_way_paste')}</option>
          <option value="fields">{t('console-sso.metadata_way_fields')}</option>
        </Select>
      </label>
      {draft.way === 'url' && (
        <Field
          label={t('console-sso.metadata_url')}
          hint={t('console-sso.metadata_url_hint')}
          value={draft.metadataUrl}
          onChange={(metadataUrl) => onChange({ ...draft, metadataUrl })}
        />
      )}
      {draft.way === 'paste' && (
        <Area
          label={t('console-sso.metadata')}
          value={draft.metadata}
          onChange={(metadata) => onChange({ ...draft, metadata })}
        />
      )}
      {draft.way === 'fields' && <ByHand draft={draft} onChange={onChange} connection={connection} />}
    </>
  )
}

function ByHand({ draft, onChange, connection }: FieldProps) {
  const t = useSsoT()
  const [first, second] = draft.certificates
  return (
    <>
      <Field
        label={t('console-sso.idp_entity')}
        value={draft.idpEntityId}
        onChange={(idpEntityId) => onChange({ ...draft, idpEntityId })}
      />
      <Field
        label={t('console-sso.idp_sso')}
        value={draft.idpSsoUrl}
        onChange={(idpSsoUrl) => onChange({ ...draft, idpSsoUrl })}
      />
      <Area
        label={t('console-sso.certificate_first')}
        hint={connection.certificates.length > 0 ? t('console-sso.certificate_kept') : undefined}
        value={first}
        onChange={(text) => onChange({ ...draft, certificates: [text, second] })}
      />
      <Area
        label={t('console-sso.certificate_second')}
        hint={t('console-sso.certificate_second_hint')}
        value={second}
        onChange={(text) => onChange({ ...draft, certificates: [first, text] })}
      />
    </>
  )
}

function OidcFields({ draft, onChange, connection }: FieldProps) {
  const t = useSsoT()
  return (
    <>
      <Field
        label={t('console-sso.issuer')}
        hint={t(`console-sso.issuer_hint_${connection.provider}`)}
        value={draft.issuer}
        onChange={(issuer) => onChange({ ...draft, issuer })}
      />
      <Field
        label={t('console-sso.client_id')}
        value={draft.clientId}
        onChange={(clientId) => onChange({ ...draft, clientId })}
      />
      <Field
        label={t('console-sso.client_secret')}
        hint={connection.hasSecret ? t('console-sso.secret_kept') : undefined}
        type="password"
        value={draft.clientSecret}
        onChange={(clientSecret) => onChange({ ...draft, clientSecret })}
      />
    </>
  )
}

type OneField = {
  label: string
  hint?: string | undefined
  value: string
  type?: 'text' | 'password'
  onChange(value: string): void
}

function Field({ label, hint, value, type = 'text', onChange }: OneField) {
  return (
    <label>
      <span className={controls.label}>{label}</span>
      <input
        className={controls.field}
        type={type}
        autoComplete={type === 'password' ? 'new-password' : 'off'}
        spellCheck={false}
        maxLength={2000}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      {hint !== undefined && <span className={controls.hint}>{hint}</span>}
    </label>
  )
}

function Area({ label, hint, value, onChange }: Omit<OneField, 'type'>) {
  return (
    <label>
      <span className={controls.label}>{label}</span>
      <textarea
        className={`${controls.field ?? ''} ${styles.pem ?? ''}`}
        rows={5}
        spellCheck={false}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      {hint !== undefined && <span className={controls.hint}>{hint}</span>}
    </label>
  )
}
