import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import { byteSize } from '../../app/sizes.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { previewQuery, retentionQuery } from './api.ts'
import { Classes, type Draft, type KeptClass } from './classes.tsx'
import { Effect } from './effect.tsx'
import { Erasure } from './erasure.tsx'
import { History } from './history.tsx'
import { Holds } from './holds.tsx'
import { Runs } from './runs.tsx'
import { spanOf } from './spans.ts'
import { RetentionWords, useRetentionT } from './words.ts'

/** How long each kind of data is kept, what must not be deleted, and what was. */
export function Screen() {
  return (
    <main className={sheet.sheet} id="main">
      <RetentionWords waiting={<Bones widths={[40, 60]} />}>
        <Retention />
      </RetentionWords>
    </main>
  )
}

function Retention() {
  const t = useRetentionT()
  const { permissions } = useSession()
  const { data, error, refetch } = useQuery(retentionQuery)
  const [draft, setDraft] = useState<Draft>()
  const kept = data?.classes.find((each) => each.class === draft?.class)
  const mayManage = permissions.includes('retention.manage')
  return (
    <div className={cx(ledgerClass, sheet.ledger)}>
      <RailRow as="header" className={sheet.head} margin={draft && t('console-retention.unsaved')}>
        <h1>{t('console-retention.title')}</h1>
        <p className={text.effect} aria-live="polite">
          {draft && kept ? <DraftLead draft={draft} kept={kept} /> : <CalmLead classes={data?.classes} />}
        </p>
      </RailRow>
      {data === undefined && <Waiting error={error} onAgain={() => void refetch()} />}
      {data && <Classes classes={data.classes} draft={draft} mayChange={mayManage} onDraft={setDraft} />}
      {data && draft && kept && (
        <Effect draft={draft} kept={kept} backupDays={data.backupDays} onDone={() => setDraft(undefined)} />
      )}
      <History />
      <Holds mayChange={permissions.includes('holds.manage')} />
      <Runs mayRun={mayManage} />
      {permissions.includes('erasure.run') && <Erasure />}
    </div>
  )
}

function Waiting({ error, onAgain }: { error: Error | null; onAgain(): void }) {
  const t = useRetentionT()
  const shell = useT()
  return (
    <RailRow className={sheet.part}>
      {error === null ? (
        <Bones widths={[70, 55, 64]} />
      ) : (
        <>
          <p role="alert">{errorText(shell, error)}</p>
          <button type="button" className={controls.button} onClick={onAgain}>
            {t('console-retention.try_again')}
          </button>
        </>
      )}
    </RailRow>
  )
}

function CalmLead({ classes }: { classes: readonly KeptClass[] | undefined }) {
  const t = useRetentionT()
  if (classes === undefined) return t('console-retention.loading')
  const isPending = classes.some(({ pending }) => pending)
  return (
    <>
      <b>{t(isPending ? 'console-retention.lead_pending' : 'console-retention.lead_calm')}</b>{' '}
      {t(isPending ? 'console-retention.lead_pending_more' : 'console-retention.lead_calm_more')}
    </>
  )
}

function DraftLead({ draft, kept }: { draft: Draft; kept: KeptClass }) {
  const t = useRetentionT()
  const shell = useT()
  const { data } = useQuery(previewQuery(draft))
  return (
    <>
      <b>
        {t('console-retention.lead_change', {
          kind: t(`console-retention.kind_${kept.class}`),
          to: spanOf(t, draft.keepDays),
          from: spanOf(t, kept.keepDays),
        })}
      </b>{' '}
      {data === undefined && t('console-retention.previewing')}
      {data?.confirm !== undefined &&
        t(data.goes.bytes > 0 ? 'console-retention.lead_goes' : 'console-retention.lead_goes_rows', {
          count: data.goes.count,
          date: shell.format.date(data.effectiveAt, { day: 'numeric', month: 'long' }),
          size: byteSize(shell, data.goes.bytes),
        })}
      {data && data.confirm === undefined && t('console-retention.lead_goes_nothing')}{' '}
      {data && data.stays.count > 0 && t('console-retention.lead_stays', { count: data.stays.count })}
    </>
  )
}
