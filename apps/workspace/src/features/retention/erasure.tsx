import type { ErasurePreview } from '@clew/contract/retention'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { erasePerson, previewErasure } from './api.ts'
import { Line } from './line.tsx'
import styles from './retention.module.css'
import { saveCertificate } from './save-certificate.ts'
import { TypeToConfirm } from './type-to-confirm.tsx'
import { useRetentionT } from './words.ts'

/** Erases somebody: first what there is and what stays, then for good. */
export function Erasure() {
  const t = useRetentionT()
  const shell = useT()
  const [address, setAddress] = useState('')
  const look = useMutation({ mutationFn: previewErasure })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    look.mutate(address.trim())
  }
  return (
    <>
      <RailRow as="section" className={sheet.part} aria-labelledby="erase-title">
        <h2 id="erase-title">{t('console-retention.erasure')}</h2>
        <p className={controls.hint}>{t('console-retention.erasure_note')}</p>
        <form className={styles.confirm} onSubmit={onSubmit}>
          <label>
            <span className={controls.label}>{t('console-retention.erase_address')}</span>
            <input
              className={controls.field}
              type="email"
              required
              value={address}
              autoComplete="off"
              onChange={({ target }) => {
                setAddress(target.value)
                look.reset()
              }}
            />
          </label>
          <button type="submit" className={controls.button} disabled={look.isPending}>
            {t('console-retention.erase_look')}
          </button>
        </form>
        {look.error !== null && <p role="alert">{errorText(shell, look.error)}</p>}
      </RailRow>
      {look.data && (
        <Found
          found={look.data}
          onDone={() => {
            setAddress('')
            look.reset()
          }}
        />
      )}
    </>
  )
}

function Found({ found, onDone }: { found: ErasurePreview; onDone(): void }) {
  const t = useRetentionT()
  const shell = useT()
  const queries = useQueryClient()
  const erase = useMutation({
    mutationFn: (confirm: string) => erasePerson({ address: found.address, confirm }),
    onSuccess: async ({ kept, certificateId }) => {
      showToast({
        text: t(kept > 0 ? 'console-retention.erased_kept' : 'console-retention.erased'),
        action: { label: t('console-retention.certificate'), run: () => void saveCertificate(certificateId) },
      })
      await queries.invalidateQueries({ queryKey: ['retention'] })
      onDone()
    },
  })
  const { member } = found
  if (member?.state === 'active')
    return (
      <RailRow className={styles.line}>
        <p role="alert">{t('console-retention.erase_member_active', { name: member.name })}</p>
      </RailRow>
    )
  return (
    <>
      <Line shape="major" word="goes">
        {t('console-retention.erase_found', found)}
        {member && <small>{t('console-retention.erase_member', { name: member.name })}</small>}
      </Line>
      <Line shape="maintenance" word="stays">
        {found.kept > 0 && <>{t('console-retention.erase_kept', { count: found.kept })}. </>}
        {t('console-retention.erase_record')}
        {found.stays.map(({ why, until }) => (
          <small key={why}>
            {t(`console-retention.stays_${why}`, { until: until === undefined ? '' : fullMoment(shell, until) })}
          </small>
        ))}
      </Line>
      <RailRow className={sheet.part}>
        <TypeToConfirm
          confirm={found.confirm}
          label={t('console-retention.erase_button')}
          isBusy={erase.isPending}
          onConfirm={erase.mutate}
        />
        {erase.error !== null && <p role="alert">{errorText(shell, erase.error)}</p>}
      </RailRow>
    </>
  )
}
