import { type RetentionCertificate, RetentionClass } from '@clew/contract/retention'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { byteSize } from '../../app/sizes.ts'
import { fullMoment } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { certificateQuery } from './api.ts'
import styles from './certificate.module.css'
import { readStatement, type StatedClass, type Statement, sumOf } from './certificate-model.ts'
import { saveAsFile } from './save-certificate.ts'
import { spanOf } from './spans.ts'
import { useRetentionT } from './words.ts'

/** A certificate to read: what went, by which rule, and whether the signature fits. */
export function Certificate({ id, onClose }: { id: string; onClose(): void }) {
  const t = useRetentionT()
  const shell = useT()
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const { data, error } = useQuery(certificateQuery(id))
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal()
  }, [])
  const said = data && readStatement(data.statement)
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>
        {t(said?.kind === 'erasure' ? 'console-retention.certificate_erasure' : 'console-retention.certificate_run')}
      </h2>
      {error !== null && <p role="alert">{errorText(shell, error)}</p>}
      {data === undefined && error === null && <Bones widths={[70, 55, 62]} />}
      {data && said && <Paper certificate={data} said={said} />}
      <p className={styles.ways}>
        <button
          type="button"
          className={controls.main}
          disabled={data === undefined}
          onClick={() => data && saveAsFile(data)}
        >
          {t('console-retention.certificate_save')}
        </button>
        <button type="button" className={controls.button} onClick={() => dialog.current?.close()}>
          {t('console-retention.close')}
        </button>
      </p>
    </dialog>
  )
}

function Paper({ certificate, said }: { certificate: RetentionCertificate; said: Statement }) {
  const t = useRetentionT()
  const shell = useT()
  return (
    <>
      <p className={text.effect}>
        <Lead said={said} />
      </p>
      <p>
        <Status shape={certificate.verified ? 'ok' : 'major'} tone={certificate.verified ? 'ok' : 'major'}>
          {t(certificate.verified ? 'console-retention.certificate_genuine' : 'console-retention.certificate_false')}
        </Status>
      </p>
      {said.classes && <Classes classes={said.classes} />}
      <dl className={styles.facts}>
        <Fact name={t('console-retention.certificate_at')}>{fullMoment(shell, said.at)}</Fact>
        {said.run && (
          <Fact name={t('console-retention.certificate_span')}>
            {fullMoment(shell, said.run.started_at)} – {fullMoment(shell, said.run.finished_at)}
          </Fact>
        )}
        <Fact name={t('console-retention.certificate_backups')}>
          {shell.format.date(said.backups_forget_by, { dateStyle: 'long' })}
        </Fact>
        <Fact name={t('console-retention.certificate_id')}>
          <span className={text.mono}>{said.id}</span>
        </Fact>
        <Fact name={t('console-retention.certificate_key')}>
          <span className={text.mono}>{said.key}</span>
        </Fact>
      </dl>
      <details>
        <summary>{t('console-retention.certificate_check')}</summary>
        <div className={styles.check}>
          <p className={controls.hint}>{t('console-retention.certificate_how')}</p>
          <CopyButton value={certificate.signature} label={t('console-retention.certificate_copy_signature')} />
          <CopyButton value={certificate.publicKey} label={t('console-retention.certificate_copy_key')} />
        </div>
      </details>
      <Tombstones lines={certificate.tombstones} />
    </>
  )
}

function Lead({ said }: { said: Statement }) {
  const t = useRetentionT()
  const shell = useT()
  const date = shell.format.date(said.at, { dateStyle: 'long' })
  if (said.kind === 'erasure')
    return (
      <>
        {t(`console-retention.certificate_asked_${said.asked_by ?? 'admin'}`, { date })}{' '}
        {said.erased && t('console-retention.erase_found', said.erased)}.{' '}
        {(said.kept?.conversations ?? 0) > 0 &&
          t('console-retention.certificate_kept', { count: said.kept?.conversations ?? 0 })}
      </>
    )
  const { deleted, held } = sumOf(said.classes)
  return t('console-retention.certificate_lead', { date, deleted, held })
}

function Classes({ classes }: { classes: readonly StatedClass[] }) {
  const t = useRetentionT()
  const shell = useT()
  const date = (at: string) => shell.format.date(at, { dateStyle: 'medium' })
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('console-retention.kind')}</th>
          <th scope="col">{t('console-retention.certificate_rule')}</th>
          <th scope="col">{t('console-retention.certificate_before')}</th>
          <th scope="col" data-number>
            {t('console-retention.certificate_deleted')}
          </th>
          <th scope="col" data-number>
            {t('console-retention.under_hold')}
          </th>
        </tr>
      </thead>
      <tbody>
        {classes.map((each) => (
          <tr key={each.class}>
            <th scope="row">{kindWord(t, each.class)}</th>
            <td data-label={t('console-retention.certificate_rule')}>
              {spanOf(t, each.policy.keep_days)}
              {each.policy.of !== 'own' && <small>{t(`console-retention.of_${each.policy.of}`)}</small>}
            </td>
            <td data-label={t('console-retention.certificate_before')}>{date(each.before)}</td>
            <td data-number data-label={t('console-retention.certificate_deleted')}>
              {shell.format.number(each.deleted)}
              {each.bytes > 0 && <small>{byteSize(shell, each.bytes)}</small>}
            </td>
            <td data-number data-label={t('console-retention.under_hold')}>
              {shell.format.number(each.held)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function kindWord(t: ReturnType<typeof useRetentionT>, kind: string): string {
  const known = RetentionClass.safeParse(kind)
  return known.success ? t(`console-retention.kind_${known.data}`) : kind
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

const shownStones = 50

/** One of each that went: whoever knows its id can find it again. */
function Tombstones({ lines }: { lines: readonly string[] }) {
  const t = useRetentionT()
  if (lines.length === 0) return null
  return (
    <details>
      <summary>{t('console-retention.certificate_stones', { count: lines.length })}</summary>
      <ol className={styles.stones}>
        {lines.slice(0, shownStones).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      {lines.length > shownStones && (
        <p className={controls.hint}>
          {t('console-retention.certificate_more', { count: lines.length - shownStones })}
        </p>
      )}
    </details>
  )
}
