import { type ExportContent, type ExportPart, exportParts } from '@clew/contract/exports'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useDeferredValue, useState } from 'react'
import { newId } from '../../app/clock.ts'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { requestExport } from './api.ts'
import styles from './exports.module.css'
import { Preview } from './preview.tsx'
import { useExportT } from './words.ts'

type Draft = { of: ExportContent['of']; parts: readonly ExportPart[]; from: string; to: string; email: string }

const empty: Draft = { of: 'organisation', parts: [], from: '', to: '', email: '' }

/** Undefined as long as it is not whole. */
function contentOf({ of, parts, from, to, email }: Draft): ExportContent | undefined {
  if (of === 'person') return /^\S+@\S+\.\S+$/.test(email.trim()) ? { of, email: email.trim() } : undefined
  if (parts.length === 0 || (from !== '' && to !== '' && from > to)) return undefined
  return { of, parts: [...parts], ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) }
}

/** Asks for an export; what it would hold is seen before. */
export function AskForm() {
  const t = useExportT()
  const shell = useT()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(empty)
  const [reason, setReason] = useState('')
  const [id, setId] = useState(newId)
  const set = (some: Partial<Draft>) => setDraft((before) => ({ ...before, ...some }))
  const content = contentOf(draft)
  const shown = contentOf(useDeferredValue(draft))
  const ask = useMutation({
    mutationFn: requestExport,
    onSuccess: async ({ state }) => {
      setDraft(empty)
      setReason('')
      setId(newId())
      showToast({ text: t(state === 'waiting' ? 'console-exports.sent_waiting' : 'console-exports.sent_queued') })
      await queries.invalidateQueries({ queryKey: ['exports', 'list'] })
    },
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (content) ask.mutate({ id, content, reason: reason.trim() })
  }
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('console-exports.ask')}>
      <h2>{t('console-exports.ask')}</h2>
      <form className={styles.ask} onSubmit={onSubmit}>
        <div className={styles.fields}>
          <What draft={draft} onChange={set} />
          {draft.of === 'organisation' ? (
            <Organisation draft={draft} onChange={set} />
          ) : (
            <Person draft={draft} onChange={set} />
          )}
          <label className={styles.wide}>
            <span className={controls.label}>{t('console-exports.reason')}</span>
            <input
              className={controls.field}
              required
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <span className={controls.hint}>{t('console-exports.reason_hint')}</span>
          </label>
          <button
            type="submit"
            className={cx(controls.main, controls.large)}
            disabled={ask.isPending || content === undefined || reason.trim() === ''}
          >
            {t('console-exports.send')}
          </button>
          {ask.error !== null && <p role="alert">{errorText(shell, ask.error)}</p>}
        </div>
        <Preview content={shown} />
      </form>
    </RailRow>
  )
}

type PartProps = { draft: Draft; onChange(some: Partial<Draft>): void }

function What({ draft, onChange }: PartProps) {
  const t = useExportT()
  return (
    <fieldset className={styles.choice}>
      <legend className={controls.label}>{t('console-exports.what')}</legend>
      {(['organisation', 'person'] as const).map((of) => (
        <label key={of} className={styles.tick}>
          <input type="radio" name="of" checked={draft.of === of} onChange={() => onChange({ of })} />
          {t(`console-exports.of_${of}`)}
        </label>
      ))}
    </fieldset>
  )
}

function Organisation({ draft, onChange }: PartProps) {
  const t = useExportT()
  const toggle = (part: ExportPart) =>
    onChange({ parts: exportParts.filter((each) => draft.parts.includes(each) !== (each === part)) })
  return (
    <>
      <fieldset className={styles.choice} aria-label={t('console-exports.of_organisation')}>
        {exportParts.map((part) => (
          <label key={part} className={styles.tick}>
            <input type="checkbox" checked={draft.parts.includes(part)} onChange={() => toggle(part)} />
            {t(`console-exports.part_${part}`)}
          </label>
        ))}
      </fieldset>
      <div className={styles.days}>
        {(['from', 'to'] as const).map((end) => (
          <label key={end}>
            <span className={controls.label}>{t(`console-exports.${end}`)}</span>
            <input
              className={controls.field}
              type="date"
              value={draft[end]}
              onChange={(event) => onChange({ [end]: event.target.value })}
            />
          </label>
        ))}
        <span className={controls.hint}>{t('console-exports.range_hint')}</span>
      </div>
    </>
  )
}

function Person({ draft, onChange }: PartProps) {
  const t = useExportT()
  return (
    <label className={styles.wide}>
      <span className={controls.label}>{t('console-exports.email')}</span>
      <input
        className={controls.field}
        type="email"
        required
        value={draft.email}
        onChange={(event) => onChange({ email: event.target.value })}
      />
      <span className={controls.hint}>{t('console-exports.email_hint')}</span>
    </label>
  )
}
