import type { RetentionPreview } from '@clew/contract/retention'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { now } from '../../app/clock.ts'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Ageing, Legend } from './ageing.tsx'
import { changeRetention, previewQuery } from './api.ts'
import type { Draft, KeptClass } from './classes.tsx'
import { Line } from './line.tsx'
import styles from './retention.module.css'
import { spanOf } from './spans.ts'
import { TypeToConfirm } from './type-to-confirm.tsx'
import { useRetentionT } from './words.ts'

type EffectProps = { draft: Draft; kept: KeptClass; backupDays: number; onDone(): void }

/** What a change would do, before it is made: what goes, whom it touches, what stays, and when backups forget. */
export function Effect({ draft, kept, backupDays, onDone }: EffectProps) {
  const t = useRetentionT()
  const shell = useT()
  const { data, error, isPlaceholderData } = useQuery(previewQuery(draft))
  return (
    <>
      <RailRow
        as="section"
        className={sheet.part}
        margin={t('console-retention.effect')}
        aria-labelledby="effect-title"
      >
        <h2 id="effect-title">{t('console-retention.what_it_does')}</h2>
        {error !== null && <p role="alert">{errorText(shell, error)}</p>}
        {data === undefined && error === null && <Bones widths={[70, 55]} />}
        {data && <Ageing preview={data} />}
        {data && <Legend bucketDays={data.ages.bucketDays} />}
      </RailRow>
      {data && <Lines preview={data} backupDays={backupDays} />}
      {data && !isPlaceholderData && (
        <Confirm key={`${data.class} ${data.to}`} preview={data} version={kept.version} onDone={onDone} />
      )}
    </>
  )
}

function Lines({ preview, backupDays }: { preview: RetentionPreview; backupDays: number }) {
  const t = useRetentionT()
  const shell = useT()
  const { goes, stays } = preview
  if (goes.count === 0 && stays.count === 0)
    return <RailRow className={styles.line}>{t('console-retention.nothing_goes')}</RailRow>
  return (
    <>
      <Line shape="major" word="goes" bytes={goes.bytes}>
        {t('console-retention.goes_line', { count: goes.count, kind: t(`console-retention.kind_${preview.class}`) })}
      </Line>
      {preview.openCases.count > 0 && <OpenCases cases={preview.openCases} />}
      {stays.count > 0 && (
        <Line shape="maintenance" word="stays" bytes={stays.bytes}>
          {preview.holds.length === 0
            ? t('console-retention.stays_line', { count: stays.count })
            : preview.holds.map((each) => t('console-retention.stays_under', each)).join(' · ')}
        </Line>
      )}
      {preview.backupsForgetAt !== undefined && (
        <Line shape="ring" word="later">
          {t('console-retention.later_line', {
            days: backupDays,
            date: shell.format.date(preview.backupsForgetAt, { day: 'numeric', month: 'long' }),
          })}
        </Line>
      )}
    </>
  )
}

function OpenCases({ cases: { count, some } }: { cases: RetentionPreview['openCases'] }) {
  const t = useRetentionT()
  return (
    <Line shape="partial" word="affects">
      <details>
        <summary>
          {t('console-retention.affects_line', { count })}{' '}
          <span className={controls.link}>{t('console-retention.see_them')}</span>
        </summary>
        <ul>
          {some.map((each) => (
            <li key={each.id}>
              C-{each.number} {each.subject}
            </li>
          ))}
          {count > some.length && <li>{t('console-retention.more_cases', { count: count - some.length })}</li>}
        </ul>
      </details>
    </Line>
  )
}

function Confirm({ preview, version, onDone }: { preview: RetentionPreview; version: number; onDone(): void }) {
  const t = useRetentionT()
  const shell = useT()
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: (confirm: string) =>
      changeRetention({
        class: preview.class,
        version,
        keepDays: preview.to,
        ...(preview.confirm === undefined ? {} : { confirm }),
      }),
    onSuccess: async () => {
      const isLater = Date.parse(preview.effectiveAt) > now()
      const date = shell.format.date(preview.effectiveAt, { day: 'numeric', month: 'long' })
      showToast({ text: isLater ? t('console-retention.saved_later', { date }) : t('console-retention.saved') })
      await queries.invalidateQueries({ queryKey: ['retention'] })
      onDone()
    },
    onError: () => queries.invalidateQueries({ queryKey: ['retention'] }),
  })
  const isShorter = preview.to !== null && (preview.from === null || preview.to < preview.from)
  return (
    <RailRow className={sheet.part}>
      <TypeToConfirm
        confirm={preview.confirm}
        says={t('console-retention.confirm_delete', { count: preview.goes.count })}
        label={t('console-retention.save', { to: spanOf(t, preview.to) })}
        isBusy={save.isPending}
        onConfirm={save.mutate}
      >
        <button type="button" className={cx(controls.plain, controls.large)} onClick={onDone}>
          {t('console-retention.leave')}
        </button>
        {isShorter && <span className={controls.hint}>{t('console-retention.grace')}</span>}
      </TypeToConfirm>
      {save.error !== null && <p role="alert">{errorText(shell, save.error)}</p>}
    </RailRow>
  )
}
