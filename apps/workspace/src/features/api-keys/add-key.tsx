import type { Permission } from '@clew/contract/permissions'
import type { ApiKeyList, CreateApiKey } from '@clew/contract/sign-in'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { Trouble } from '../../app/sign-in/fields.tsx'
import { useSignInT } from '../../app/sign-in/words.ts'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import { apiKeysApi, apiKeysQuery } from './api.ts'
import styles from './api-keys.module.css'
import { scopeName } from './key-row.tsx'

export function AddKey({ rules }: { rules: ApiKeyList }) {
  const t = useSignInT()
  const [token, setToken] = useState<string>()
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('console-sign-in.keys_add')}>
      <h2>{t('console-sign-in.keys_add')}</h2>
      {token !== undefined && <Token token={token} onKept={() => setToken(undefined)} />}
      <Form rules={rules} onMade={setToken} />
    </RailRow>
  )
}

/** In memory until it is dismissed, and nowhere else. */
function Token({ token, onKept }: { token: string; onKept(): void }) {
  const t = useSignInT()
  return (
    <div className={styles.secret} role="status">
      <p>
        <Status shape="degraded" tone="degraded">
          {t('console-sign-in.keys_secret')}
        </Status>
      </p>
      <CopyButton value={token} label={t('console-sign-in.keys_secret_copy')} />
      <button type="button" className={controls.button} onClick={onKept}>
        {t('console-sign-in.keys_secret_done')}
      </button>
    </div>
  )
}

const spans = [7, 30, 90, 180, 365, 730]

function useCreateKey(onMade: (token: string) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: apiKeysApi.create,
    onSuccess: ({ token }) => {
      onMade(token)
      return queryClient.invalidateQueries(apiKeysQuery)
    },
  })
}

function Form({ rules, onMade }: { rules: ApiKeyList; onMade(token: string): void }) {
  const t = useSignInT()
  const words = useT()
  const empty: CreateApiKey = {
    name: '',
    kind: rules.serviceAccountsOnly ? 'service' : 'member',
    scopes: [],
    days: Math.min(90, rules.mostDays),
  }
  const [draft, setDraft] = useState(empty)
  const [isMissing, setMissing] = useState(false)
  const change = (part: Partial<CreateApiKey>) => setDraft({ ...draft, ...part })
  const create = useCreateKey((token) => {
    setDraft(empty)
    onMade(token)
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(draft.scopes.length === 0)
    if (draft.scopes.length > 0) create.mutate(draft)
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <label>
        <span className={controls.label}>{t('console-sign-in.keys_name')}</span>
        <input
          className={controls.field}
          required
          maxLength={80}
          autoComplete="off"
          placeholder={t('console-sign-in.keys_name_example')}
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </label>
      <KindAndDays rules={rules} draft={draft} onChange={change} />
      <Scopes open={rules.scopes} chosen={draft.scopes} onChange={(scopes) => change({ scopes })} />
      {isMissing && draft.scopes.length === 0 && <Trouble>{t('console-sign-in.keys_scopes_needed')}</Trouble>}
      {create.error !== null && <Trouble>{errorText(words, create.error)}</Trouble>}
      <button type="submit" className={cx(controls.main, controls.large)} disabled={create.isPending}>
        {t('console-sign-in.keys_create')}
      </button>
    </form>
  )
}

type KindAndDaysProps = { rules: ApiKeyList; draft: CreateApiKey; onChange(part: Partial<CreateApiKey>): void }

function KindAndDays({ rules, draft, onChange }: KindAndDaysProps) {
  const t = useSignInT()
  const days = [...new Set([...spans.filter((span) => span < rules.mostDays), rules.mostDays])]
  return (
    <>
      <label>
        <span className={controls.label}>{t('console-sign-in.keys_kind')}</span>
        <Select
          boxed
          value={draft.kind}
          onChange={(event) => onChange({ kind: event.target.value === 'service' ? 'service' : 'member' })}
        >
          {!rules.serviceAccountsOnly && <option value="member">{t('console-sign-in.keys_kind_member')}</option>}
          <option value="service">{t('console-sign-in.keys_kind_service')}</option>
        </Select>
      </label>
      <label>
        <span className={controls.label}>{t('console-sign-in.keys_days')}</span>
        <Select boxed value={draft.days} onChange={(event) => onChange({ days: Number(event.target.value) })}>
          {days.map((count) => (
            <option key={count} value={count}>
              {t('console-sign-in.keys_days_count', { count })}
            </option>
          ))}
        </Select>
      </label>
    </>
  )
}

type ScopesProps = {
  open: readonly Permission[]
  chosen: readonly Permission[]
  onChange(scopes: Permission[]): void
}

function Scopes({ open, chosen, onChange }: ScopesProps) {
  const t = useSignInT()
  return (
    <fieldset className={styles.scopes}>
      <legend className={controls.label}>{t('console-sign-in.keys_scopes')}</legend>
      <div>
        {open.map((scope) => (
          <label key={scope}>
            <input
              type="checkbox"
              checked={chosen.includes(scope)}
              onChange={({ target }) =>
                onChange(target.checked ? [...chosen, scope] : chosen.filter((each) => each !== scope))
              }
            />
            {scopeName(t, scope)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
