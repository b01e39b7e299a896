import type { ExportPolicy, ExportPolicyNow } from '@clew/contract/exports'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import { showToast } from '../../app/toasts.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { changesQuery, policyQuery, setPolicy } from './api.ts'
import styles from './exports.module.css'
import { RuleFields } from './rule-fields.tsx'
import { effectsOf } from './sentences.ts'
import { useExportT } from './words.ts'

/** How the organisation lets its data out: what the rules do, and the form that changes them. */
export function Rules() {
  const t = useExportT()
  const shell = useT()
  const { data, error } = useQuery(policyQuery)
  const [draft, setDraft] = useState<ExportPolicy>()
  const [isPast, setPast] = useState(false)
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('console-exports.rules')}>
      <div className={styles.head}>
        <h2>{t('console-exports.rules')}</h2>
        {data !== undefined && (
          <span className={styles.push}>
            {data.version > 0 && (
              <button type="button" className={controls.button} aria-expanded={isPast} onClick={() => setPast(!isPast)}>
                {t('console-exports.history')}
              </button>
            )}
            {data.canManage && (
              <button
                type="button"
                className={controls.button}
                aria-expanded={draft !== undefined}
                onClick={() => setDraft(draft === undefined ? data.value : undefined)}
              >
                {t('console-exports.change')}
              </button>
            )}
          </span>
        )}
      </div>
      {error !== null && <p role="alert">{errorText(shell, error)}</p>}
      {data === undefined && error === null && <Bones widths={[70, 50]} />}
      {data !== undefined && draft === undefined && <Effects policy={data} />}
      {data !== undefined && draft !== undefined && (
        <RuleForm policy={data} draft={draft} onChange={setDraft} onDone={() => setDraft(undefined)} />
      )}
      {isPast && <Past />}
    </RailRow>
  )
}

function Effects({ policy }: { policy: ExportPolicyNow }) {
  const t = useExportT()
  return (
    <>
      <ul className={styles.effects}>
        {effectsOf(t, policy).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p className={controls.hint}>
        {policy.version === 0
          ? t('console-exports.rules_default')
          : t('console-exports.rules_version', { version: policy.version })}
      </p>
    </>
  )
}

type FormProps = {
  policy: ExportPolicyNow
  draft: ExportPolicy
  onChange(draft: ExportPolicy): void
  onDone(): void
}

function RuleForm({ policy, draft, onChange, onDone }: FormProps) {
  const t = useExportT()
  const shell = useT()
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: setPolicy,
    onSuccess: async () => {
      showToast({ text: t('console-exports.saved') })
      onDone()
      await queries.invalidateQueries({ queryKey: ['exports'] })
    },
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ basedOn: policy.version, value: draft })
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <RuleFields draft={draft} onChange={onChange} />
      <div aria-live="polite">
        <Effects policy={{ ...policy, value: draft }} />
      </div>
      <div className={styles.ways}>
        <button type="submit" className={cx(controls.main, controls.large)} disabled={save.isPending}>
          {t('console-exports.save')}
        </button>
        <button type="button" className={cx(controls.button, controls.large)} onClick={onDone}>
          {t('console-exports.back')}
        </button>
      </div>
      {save.error !== null && <p role="alert">{errorText(shell, save.error)}</p>}
    </form>
  )
}

function Past() {
  const t = useExportT()
  const shell = useT()
  const now = useQuery(policyQuery).data
  const { data, error } = useQuery(changesQuery)
  return (
    <>
      {error !== null && <p role="alert">{errorText(shell, error)}</p>}
      <ol className={styles.past}>
        {data?.changes.map(({ version, value, at, by }) => (
          <li key={version}>
            <b>{t('console-exports.changed_by', { version, moment: fullMoment(shell, at), name: by?.name ?? '–' })}</b>
            {now !== undefined && (
              <p>
                {effectsOf(t, { ...now, value })
                  .slice(0, -1)
                  .join(' ')}
              </p>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}
