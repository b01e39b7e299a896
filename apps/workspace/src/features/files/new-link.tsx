import type { Shareable } from '@clew/client/agent-api'
import type { CreatedCaptureLink } from '@clew/contract/captures'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../app/api.ts'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { Select } from '../../app/ui/select.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import styles from './files.module.css'

const days = [1, 7, 30] as const

/** Makes a link. Its address is shown once: it is stored nowhere. */
export function NewLink({ of }: { of: Shareable }) {
  const t = useT()
  const queryClient = useQueryClient()
  const [expiresInDays, setDays] = useState<number>(7)
  const [password, setPassword] = useState('')
  const [mayDownload, setMayDownload] = useState(false)
  const make = useMutation({
    mutationFn: () => api.share(of, { expiresInDays, mayDownload, ...(password === '' ? {} : { password }) }),
    onSuccess: () => {
      setPassword('')
      return queryClient.invalidateQueries({ queryKey: ['links', of.kind, of.id] })
    },
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <label>
        <span className={controls.label}>{t('workspace.link_lasts')}</span>
        <Select boxed value={expiresInDays} onChange={(event) => setDays(Number(event.target.value))}>
          {days.map((count) => (
            <option key={count} value={count}>
              {t('workspace.link_days', { count })}
            </option>
          ))}
        </Select>
      </label>
      <label>
        <span className={controls.label}>{t('workspace.link_password')}</span>
        <input
          className={controls.field}
          type="password"
          autoComplete="new-password"
          minLength={8}
          maxLength={200}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <label className={styles.check}>
        <input type="checkbox" checked={mayDownload} onChange={(event) => setMayDownload(event.target.checked)} />{' '}
        {t(of.kind === 'captures' ? 'workspace.link_allow_download' : 'workspace.link_allow_download_file')}
      </label>
      <button type="submit" className={controls.button} disabled={make.isPending}>
        {t('workspace.link_make')}
      </button>
      <Made created={make.data} error={make.error} />
    </form>
  )
}

function Made({ created, error }: { created: CreatedCaptureLink | undefined; error: Error | null }) {
  const t = useT()
  return (
    <div role="status">
      {error !== null && (
        <Status shape="major" tone="major">
          {errorText(t, error)}
        </Status>
      )}
      {created !== undefined && (
        <>
          <CopyButton value={created.url} label={t('workspace.link_copy')} />
          <p className={text.small}>{t('workspace.link_once', { moment: fullMoment(t, created.link.expiresAt) })}</p>
        </>
      )}
    </div>
  )
}
