import type { Connector } from '@clew/contract/connectors'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import { connectorQuery, connectorsApi } from './api.ts'
import styles from './connectors.module.css'
import { Secret } from './secret.tsx'
import { useConnectorsT } from './words.ts'

/** With the version that it was made from, which another owner may have left behind. */
type Draft = { version: number; url: string; seconds: string }

function useSave(onSaved: (connector: Connector) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ version, url, seconds, newSecret }: Draft & { newSecret: boolean }) =>
      connectorsApi.save({
        version,
        url: url.trim() === '' ? null : url.trim(),
        timeoutMs: Math.round(Number(seconds) * 1000),
        newSecret,
      }),
    onSuccess: ({ connector }) => {
      onSaved(connector)
      queryClient.setQueryData(connectorQuery.queryKey, connector)
    },
  })
}

/** The endpoint, how long it may take, and the secret that signs every call. */
export function ConnectorForm({ connector }: { connector: Connector }) {
  const t = useConnectorsT()
  const words = useT()
  const [draft, setDraft] = useState<Draft>(draftOf(connector))
  const save = useSave((saved) => setDraft(draftOf(saved)))
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ ...draft, newSecret: false })
  }
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('connectors.where')}>
      <h2>{t('connectors.where')}</h2>
      {connector.way === 'command' && <p className={controls.hint}>{t('connectors.command_wins')}</p>}
      <form className={styles.form} onSubmit={onSubmit}>
        <Fields draft={draft} onChange={setDraft} />
        <button type="submit" className={cx(controls.main, controls.large)} disabled={save.isPending}>
          {t('connectors.save')}
        </button>
        <div role="status" className={styles.sentence}>
          {save.isSuccess && t('connectors.saved')}
          {save.error !== null && (
            <Status shape="major" tone="major">
              {errorText(words, save.error)}
            </Status>
          )}
        </div>
      </form>
      <Secret
        hasSecret={connector.hasSecret}
        made={save.data?.secret}
        isPending={save.isPending}
        onMake={() => save.mutate({ ...draftOf(connector), version: draft.version, newSecret: true })}
        onDone={save.reset}
      />
      {connector.updatedAt !== undefined && connector.updatedBy !== undefined && (
        <p className={controls.hint}>
          {t('connectors.changed', { moment: fullMoment(words, connector.updatedAt), name: connector.updatedBy })}
        </p>
      )}
    </RailRow>
  )
}

const draftOf = ({ version, url = '', timeoutMs }: Connector): Draft => ({
  version,
  url,
  seconds: String(timeoutMs / 1000),
})

function Fields({ draft, onChange }: { draft: Draft; onChange(draft: Draft): void }) {
  const t = useConnectorsT()
  return (
    <>
      <label className={styles.wide}>
        <span className={controls.label}>{t('connectors.url')}</span>
        <input
          className={controls.field}
          type="url"
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
          placeholder="https://logs.example.com/lookup"
          value={draft.url}
          onChange={({ target }) => onChange({ ...draft, url: target.value })}
        />
        <span className={controls.hint}>{t('connectors.url_hint')}</span>
      </label>
      <label className={styles.short}>
        <span className={controls.label}>{t('connectors.timeout')}</span>
        <input
          className={controls.field}
          type="number"
          required
          min={0.5}
          max={20}
          step={0.5}
          value={draft.seconds}
          onChange={({ target }) => onChange({ ...draft, seconds: target.value })}
        />
      </label>
    </>
  )
}
