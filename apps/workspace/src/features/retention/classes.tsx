import type { RetentionOverview } from '@clew/contract/retention'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import { takeBack } from './api.ts'
import styles from './retention.module.css'
import { choicesWith, spanOf } from './spans.ts'
import { useRetentionT } from './words.ts'

export type KeptClass = RetentionOverview['classes'][number]
export type Draft = { class: KeptClass['class']; keepDays: number | null }

type ClassesProps = {
  classes: readonly KeptClass[]
  draft: Draft | undefined
  mayChange: boolean
  onDraft(draft: Draft | undefined): void
}

/** How long each kind is kept, how much there is of it, and when the next of it goes. */
export function Classes({ classes, ...rest }: ClassesProps) {
  const t = useRetentionT()
  return (
    <RailRow as="section" className={sheet.part} margin={t('console-retention.kept')} aria-labelledby="kept-title">
      <h2 id="kept-title">{t('console-retention.classes')}</h2>
      <table className={styles.grid}>
        <thead>
          <tr>
            <th scope="col">{t('console-retention.kind')}</th>
            <th scope="col">{t('console-retention.kept_for')}</th>
            <th scope="col" data-number>
              {t('console-retention.now')}
            </th>
            <th scope="col">{t('console-retention.under_hold')}</th>
            <th scope="col">{t('console-retention.next_run')}</th>
          </tr>
        </thead>
        <tbody>
          {classes.map((each) => (
            <ClassRow key={each.class} kept={each} {...rest} />
          ))}
        </tbody>
      </table>
    </RailRow>
  )
}

function ClassRow({ kept, draft, mayChange, onDraft }: Omit<ClassesProps, 'classes'> & { kept: KeptClass }) {
  const t = useRetentionT()
  const shell = useT()
  const kind = t(`console-retention.kind_${kept.class}`)
  const isChanged = draft?.class === kept.class
  const chosen = isChanged ? draft.keepDays : kept.keepDays
  return (
    <tr data-changed={isChanged || undefined}>
      <th scope="row">
        <b>{kind}</b>
        <small>{t(`console-retention.about_${kept.class}`)}</small>
      </th>
      <td>
        {isChanged && <s>{spanOf(t, kept.keepDays)}</s>}{' '}
        {mayChange ? (
          <Select
            boxed
            aria-label={t('console-retention.keep_label', { kind })}
            value={chosen ?? 'ever'}
            onChange={({ target }) => {
              const keepDays = target.value === 'ever' ? null : Number(target.value)
              onDraft(keepDays === kept.keepDays ? undefined : { class: kept.class, keepDays })
            }}
          >
            {choicesWith(kept.keepDays).map((days) => (
              <option key={days ?? 'ever'} value={days ?? 'ever'}>
                {spanOf(t, days)}
              </option>
            ))}
          </Select>
        ) : (
          spanOf(t, kept.keepDays)
        )}
        {kept.of !== 'own' && !isChanged && <small>{t(`console-retention.of_${kept.of}`)}</small>}
        <Pending kept={kept} mayChange={mayChange} />
      </td>
      <td data-number data-label={t('console-retention.now')}>
        {shell.format.number(kept.now.count)}
      </td>
      <td data-label={t('console-retention.under_hold')}>
        {kept.held.count > 0 ? (
          <Status shape="maintenance" tone="maintenance">
            {t('console-retention.held_count', { count: kept.held.count })}
          </Status>
        ) : (
          <span className={styles.muted}>{t('console-retention.none')}</span>
        )}
      </td>
      <td data-label={t('console-retention.next_run')} className={styles.muted}>
        {kept.nextAt === undefined
          ? t('console-retention.never')
          : shell.format.date(kept.nextAt, { day: 'numeric', month: 'short', year: 'numeric' })}
      </td>
    </tr>
  )
}

function Pending({ kept, mayChange }: { kept: KeptClass; mayChange: boolean }) {
  const t = useRetentionT()
  const shell = useT()
  const queries = useQueryClient()
  const back = useMutation({
    mutationFn: () => takeBack(kept.class),
    onSuccess: async () => {
      showToast({ text: t('console-retention.taken_back') })
      await queries.invalidateQueries({ queryKey: ['retention'] })
    },
    onError: (cause) => showToast({ tone: 'problem', text: errorText(shell, cause) }),
  })
  if (!kept.pending) return null
  return (
    <div className={styles.pending}>
      <Status shape="partial" tone="partial">
        {t('console-retention.pending', {
          date: shell.format.date(kept.pending.effectiveAt, { day: 'numeric', month: 'short' }),
          to: spanOf(t, kept.pending.keepDays),
        })}
      </Status>
      {mayChange && (
        <button type="button" className={controls.link} disabled={back.isPending} onClick={() => back.mutate()}>
          {t('console-retention.take_back')}
        </button>
      )}
    </div>
  )
}
