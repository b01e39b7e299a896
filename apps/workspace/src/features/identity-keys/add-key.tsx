import type { IdentityAlgorithm } from '@clew/contract/identity'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import { identityApi, keysQuery } from './api.ts'
import styles from './identity-keys.module.css'
import { useIdentityT } from './words.ts'

const lower = { HS256: 'hs256', ES256: 'es256' } as const
const algorithms: readonly IdentityAlgorithm[] = ['HS256', 'ES256']

export function AddKey({ isFull }: { isFull: boolean }) {
  const t = useIdentityT()
  const [secret, setSecret] = useState<string>()
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('identity.add')}>
      <h2>{t('identity.add')}</h2>
      {secret !== undefined && <Secret secret={secret} onDone={() => setSecret(undefined)} />}
      {isFull ? <p className={controls.hint}>{t('identity.add_full')}</p> : <Form onSecret={setSecret} />}
    </RailRow>
  )
}

/** In memory until it is dismissed, and nowhere else. */
function Secret({ secret, onDone }: { secret: string; onDone(): void }) {
  const t = useIdentityT()
  return (
    <div className={styles.secret} role="status">
      <p>
        <Status shape="degraded" tone="degraded">
          {t('identity.secret')}
        </Status>
      </p>
      <CopyButton value={secret} label={t('identity.secret_copy')} />
      <button type="button" className={controls.button} onClick={onDone}>
        {t('identity.secret_done')}
      </button>
    </div>
  )
}

type Draft = { name: string; algorithm: IdentityAlgorithm; publicKey: string }
const empty: Draft = { name: '', algorithm: 'HS256', publicKey: '' }

function useCreateKey(onCreated: (secret: string | undefined) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ name, algorithm, publicKey }: Draft) =>
      identityApi.create(
        algorithm === 'HS256' ? { algorithm, name } : { algorithm, name, publicKey: publicKey.trim() },
      ),
    onSuccess: ({ secret }) => {
      onCreated(secret)
      return queryClient.invalidateQueries(keysQuery)
    },
  })
}

function Form({ onSecret }: { onSecret(secret: string | undefined): void }) {
  const t = useIdentityT()
  const words = useT()
  const [draft, setDraft] = useState(empty)
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const create = useCreateKey((secret) => {
    setDraft(empty)
    onSecret(secret)
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate(draft)
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <label>
        <span className={controls.label}>{t('identity.name')}</span>
        <input
          className={controls.field}
          required
          maxLength={80}
          autoComplete="off"
          placeholder={t('identity.name_example')}
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </label>
      <label>
        <span className={controls.label}>{t('identity.algorithm')}</span>
        <Select
          boxed
          value={draft.algorithm}
          onChange={(event) => change({ algorithm: event.target.value as IdentityAlgorithm })}
        >
          {algorithms.map((one) => (
            <option key={one} value={one}>
              {t(`identity.algorithm_${lower[one]}`)}
            </option>
          ))}
        </Select>
      </label>
      {draft.algorithm === 'ES256' && (
        <PublicKey value={draft.publicKey} onChange={(publicKey) => change({ publicKey })} />
      )}
      <button type="submit" className={cx(controls.main, controls.large)} disabled={create.isPending}>
        {t('identity.create')}
      </button>
      <div role="status">
        {create.error !== null && (
          <Status shape="major" tone="major">
            {errorText(words, create.error)}
          </Status>
        )}
      </div>
    </form>
  )
}

function PublicKey({ value, onChange }: { value: string; onChange(value: string): void }) {
  const t = useIdentityT()
  return (
    <label className={styles.wide}>
      <span className={controls.label}>{t('identity.public_key')}</span>
      <textarea
        className={cx(controls.field, styles.pem)}
        required
        rows={5}
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <span className={controls.hint}>{t('identity.public_key_hint')}</span>
    </label>
  )
}
