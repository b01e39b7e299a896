import type { ErasurePreview, ErasureReceipt } from '@clew/contract/retention'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import { erasePerson, erasuresQuery, previewErasure } from './api.ts'
import { Line } from './line.tsx'
import styles from './retention.module.css'
import { CertificateButton } from './run-line.tsx'
import { saveCertificate } from './save-certificate.ts'
import { TypeToConfirm } from './type-to-confirm.tsx'
import { useRetentionT } from './words.ts'

/** Erases somebody: first what there is and what stays, then for good. */
export function Erasure() {
  const t = useRetentionT()
  const shell = useT()
  const [address, setAddress] = useState('')
  const [done, setDone] = useState<ErasureReceipt>()
  const look = useMutation({ mutationFn: previewErasure, onMutate: () => setDone(undefined) })
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
        <div role="status">{done && <Done erased={done} />}</div>
      </RailRow>
      {look.data && (
        <Found
          found={look.data}
          onDone={(erased) => {
            setAddress('')
            look.reset()
            setDone(erased)
          }}
        />
      )}
      <Erased />
    </>
  )
}

/** That people were erased; of whom is kept nowhere. */
function Erased() {
  const t = useRetentionT()
  const shell = useT()
  const { data, error } = useQuery(erasuresQuery)
  if (error !== null)
    return (
      <RailRow className={styles.line}>
        <p role="alert">{errorText(shell, error)}</p>
      </RailRow>
    )
  return data?.erasures.map((each) => (
    <RailRow
      key={each.certificateId}
      className={styles.line}
      margin={
        <time dateTime={each.at} title={fullMoment(shell, each.at)}>
          {shell.format.date(each.at, { day: 'numeric', month: 'short' })}
        </time>
      }
    >
      <div>
        {t('console-retention.erased_line', { conversations: each.conversations, messages: each.messages })}
        <small>
          {t(`console-retention.erased_by_${each.askedBy}`)}
          {each.kept > 0 && ` · ${t('console-retention.certificate_kept', { count: each.kept })}`}
        </small>
      </div>
      <CertificateButton id={each.certificateId} />
    </RailRow>
  ))
}

/** The certificate is fetched from here for as long as the page is open. */
function Done({ erased: { kept, certificateId } }: { erased: ErasureReceipt }) {
  const t = useRetentionT()
  const shell = useT()
  const save = useMutation({
    mutationFn: () => saveCertificate(certificateId),
    onError: (cause) => showToast({ tone: 'problem', text: errorText(shell, cause) }),
  })
  return (
    <p className={styles.cluster}>
      <Status shape="ok" tone="ok">
        {t(kept > 0 ? 'console-retention.erased_kept' : 'console-retention.erased')}
      </Status>
      <button type="button" className={controls.button} onClick={() => save.mutate()}>
        {t('console-retention.certificate')}
      </button>
    </p>
  )
}

function Found({ found, onDone }: { found: ErasurePreview; onDone(erased: ErasureReceipt): void }) {
  const t = useRetentionT()
  const shell = useT()
  const queries = useQueryClient()
  const erase = useMutation({
    mutationFn: (confirm: string) => erasePerson({ address: found.address, confirm }),
    onSuccess: async (erased) => {
      onDone(erased)
      await queries.invalidateQueries({ queryKey: ['retention'] })
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
          says={t('console-retention.confirm_erase', { address: found.address })}
          label={t('console-retention.erase_button')}
          isBusy={erase.isPending}
          onConfirm={erase.mutate}
        />
        {erase.error !== null && <p role="alert">{errorText(shell, erase.error)}</p>}
      </RailRow>
    </>
  )
}
