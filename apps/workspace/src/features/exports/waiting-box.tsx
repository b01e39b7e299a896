import type { ConsoleExport } from '@clew/contract/exports'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import { decideExport } from './api.ts'
import styles from './exports.module.css'
import { contentOf, fieldsOf, masksOf } from './sentences.ts'
import { useExportT } from './words.ts'

/** What others have asked for, and only a second person lets out. */
export function WaitingBox({ waiting }: { waiting: readonly ConsoleExport[] }) {
  const t = useExportT()
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('console-exports.waiting')}>
      <h2>{t('console-exports.waiting')}</h2>
      <ul className={styles.waiting}>
        {waiting.map((each) => (
          <Waiting key={each.id} each={each} />
        ))}
      </ul>
    </RailRow>
  )
}

function Waiting({ each }: { each: ConsoleExport }) {
  const t = useExportT()
  const shell = useT()
  const queries = useQueryClient()
  const id = useId()
  const [note, setNote] = useState('')
  const decide = useMutation({
    mutationFn: (how: 'approve' | 'deny') => decideExport({ id: each.id, how, reason: note.trim() }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['exports'] }),
  })
  return (
    <li className={styles.box}>
      <About each={each} />
      <label className={styles.wide} htmlFor={id}>
        <span className={controls.label}>{t('console-exports.note')}</span>
      </label>
      <input
        id={id}
        className={cx(controls.field, styles.wide)}
        value={note}
        maxLength={500}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setNote(event.target.value)}
      />
      <p id={`${id}-hint`} className={controls.hint}>
        {t('console-exports.note_hint')}
      </p>
      <div className={styles.ways}>
        <button
          type="button"
          className={cx(controls.main, controls.large)}
          disabled={decide.isPending}
          onClick={() => decide.mutate('approve')}
        >
          {t('console-exports.approve')}
        </button>
        <button
          type="button"
          className={cx(controls.button, controls.large)}
          disabled={decide.isPending || note.trim() === ''}
          onClick={() => decide.mutate('deny')}
        >
          {t('console-exports.deny')}
        </button>
      </div>
      {decide.error !== null && <p role="alert">{errorText(shell, decide.error)}</p>}
    </li>
  )
}

function About({ each }: { each: ConsoleExport }) {
  const t = useExportT()
  const shell = useT()
  const masks = masksOf(t, each.masks)
  return (
    <>
      <h3>{t('console-exports.waiting_line', { name: each.requestedBy.name, what: contentOf(t, each.content) })}</h3>
      <blockquote>{each.reason}</blockquote>
      <p>
        {t('console-exports.waiting_rows', {
          rows: each.expectedRows,
          until: fullMoment(shell, each.decideBy ?? each.startsAt ?? each.requestedAt),
        })}
      </p>
      {each.personal.length > 0 && (
        <Status shape="partial" tone="partial">
          {t('console-exports.personal_some', { fields: fieldsOf(t, each.personal) })}
        </Status>
      )}
      {masks !== undefined && <p>{t('console-exports.masked_some', { fields: masks })}</p>}
    </>
  )
}
