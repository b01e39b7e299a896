import type { ExportContent, ExportPreview } from '@clew/contract/exports'
import { useQuery } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import { previewQuery } from './api.ts'
import styles from './exports.module.css'
import { fieldsOf, masksOf } from './sentences.ts'
import { type ExportT, useExportT } from './words.ts'

/** What the export would hold, and who has to look at it, before it is asked for. */
export function Preview({ content }: { content: ExportContent | undefined }) {
  const t = useExportT()
  const shell = useT()
  const { data, error } = useQuery(previewQuery(content))
  return (
    <section className={styles.preview} aria-label={t('console-exports.preview')} aria-live="polite">
      <h3>{t('console-exports.preview')}</h3>
      {content === undefined ? (
        <p className={controls.hint}>{t('console-exports.preview_nothing_chosen')}</p>
      ) : error !== null ? (
        <p role="alert">{errorText(shell, error)}</p>
      ) : data === undefined ? (
        <Bones widths={[60, 45]} />
      ) : (
        <Held preview={data} isPerson={content.of === 'person'} />
      )}
    </section>
  )
}

function Held({ preview, isPerson }: { preview: ExportPreview; isPerson: boolean }) {
  const t = useExportT()
  const masks = masksOf(t, preview.masks)
  const { personal } = preview
  return (
    <>
      <p className={styles.rows}>{t('console-exports.preview_rows', { count: preview.rows })}</p>
      <ul className={styles.files}>
        {preview.files
          .filter(({ rows }) => rows > 0)
          .map(({ name, rows }) => (
            <li key={name}>
              <span>{name}</span>
              <b>{t.format.number(rows)}</b>
            </li>
          ))}
      </ul>
      <Status {...(personal.length > 0 ? telling : silent)}>
        {personal.length > 0
          ? t('console-exports.personal_some', { fields: fieldsOf(t, personal) })
          : t('console-exports.personal_none')}
      </Status>
      {isPerson ? (
        <p>{t('console-exports.masked_person')}</p>
      ) : (
        masks !== undefined && <p>{t('console-exports.masked_some', { fields: masks })}</p>
      )}
      <Status {...(preview.approval === 'none' ? silent : waits)}>{approvalOf(t, preview)}</Status>
      <p className={controls.hint}>
        {t('console-exports.lives', { fetches: preview.maxFetches, hours: preview.keepHours })}
      </p>
    </>
  )
}

const telling = { shape: 'partial', tone: 'partial' } as const
const silent = { shape: 'ok', tone: 'ok' } as const
const waits = { shape: 'degraded', tone: 'degraded' } as const

function approvalOf(t: ExportT, { approval, approvers }: ExportPreview): string {
  if (approval !== 'needed') return t(`console-exports.approval_${approval}`)
  return approvers.length === 0
    ? t('console-exports.approval_needed_nobody')
    : t('console-exports.approval_needed', { names: approvers.join(', ') })
}
