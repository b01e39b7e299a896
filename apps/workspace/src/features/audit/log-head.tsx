import type { AuditCheck, AuditFilter, AuditOverview } from '@clew/contract/audit'
import { fill, slot } from '@clew/i18n'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { errorText } from '../../app/errors.ts'
import { type Translate, useT } from '../../app/i18n.tsx'
import { fullMoment, sameDay, timeOfDay } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { overviewQuery, verifyLog } from './api.ts'
import styles from './audit.module.css'
import { ExportMenu } from './export-menu.tsx'
import { Knots } from './knots.tsx'
import { lagText } from './lag.ts'
import { useAuditT } from './words.ts'

type LogHeadProps = { overview: AuditOverview | undefined; filter: AuditFilter; now: number }

/** How the chain stands, what was signed, and what can be done with the log as a whole. */
export function LogHead({ overview, filter, now }: LogHeadProps) {
  const t = useAuditT()
  const shell = useT()
  const queryClient = useQueryClient()
  const verify = useMutation({
    mutationFn: verifyLog,
    onSettled: () => queryClient.invalidateQueries({ queryKey: overviewQuery.queryKey }),
  })
  return (
    <RailRow as="header" className={sheet.head} margin={overview && t.format.number(overview.count)}>
      <h1>{t('console-audit.title')}</h1>
      <p className={text.effect} role="status">
        {overview === undefined ? (
          t('console-audit.loading')
        ) : (
          <Verdict check={verify.data ?? overview.check} now={now} />
        )}
      </p>
      {overview !== undefined && (
        <>
          <div className={styles.chain}>
            <Knots checkpoints={overview.checkpoints} now={now} />
          </div>
          <div className={styles.actions}>
            <button
              type="button"
              className={controls.button}
              disabled={verify.isPending}
              onClick={() => verify.mutate()}
            >
              {t(verify.isPending ? 'console-audit.checking' : 'console-audit.check_again')}
            </button>
            {overview.canExport && <ExportMenu filter={filter} />}
            <StreamsLine streams={overview.streams} canManage={overview.canManage} />
          </div>
          {verify.error !== null && <p role="alert">{errorText(shell, verify.error)}</p>}
        </>
      )}
    </RailRow>
  )
}

function Verdict({ check, now }: { check: AuditCheck | undefined; now: number }) {
  const t = useAuditT()
  const shell = useT()
  if (check === undefined) return t('console-audit.unchecked')
  const seq = (of: number): string => t.format.number(of)
  if (check.fault !== undefined) {
    const fault = t(`console-audit.fault_${check.fault.kind}`)
    const sentence = t('console-audit.broken', {
      broken: slot('broken'),
      seq: seq(check.fault.seq),
      fault,
      at: momentOf(shell, check.at, now),
    })
    return fill(sentence, {
      broken: (
        <b key="broken" className={styles.broken}>
          {t('console-audit.broken_word')}
        </b>
      ),
    })
  }
  const since = t.format.date(check.since ?? check.at, { dateStyle: 'medium' })
  const at = momentOf(shell, check.at, now)
  const sentence = t('console-audit.whole', { whole: slot('whole'), since, seq: seq(check.seq), at })
  return fill(sentence, { whole: <b key="whole">{t('console-audit.whole_word')}</b> })
}

/** One of today by its time alone. */
const momentOf = (shell: Translate, at: string, now: number): string =>
  sameDay(Date.parse(at), now) ? timeOfDay(shell, at) : fullMoment(shell, at)

type StreamsLineProps = Pick<AuditOverview, 'streams' | 'canManage'>

function StreamsLine({ streams, canManage }: StreamsLineProps) {
  const t = useAuditT()
  const shell = useT()
  const worst = streams.find(({ state, isFailing }) => state === 'paused' || isFailing) ?? streams[0]
  if (worst === undefined)
    return canManage ? (
      <Link to="/console/audit/streams" className={controls.link}>
        {t('console-audit.streams_none')}
      </Link>
    ) : null
  const { name, lagSeconds, behind } = worst
  const lag = lagText(shell, lagSeconds)
  return (
    <span className={styles.streaming}>
      <StreamState state={worst.state} isFailing={worst.isFailing} />{' '}
      <Link to="/console/audit/streams" className={controls.link}>
        {behind === 0 ? t('console-audit.streams_level', { name }) : t('console-audit.streams_lag', { name, lag })}
      </Link>{' '}
      {streams.length > 1 && (
        <span className={text.muted}>{t('console-audit.streams_more', { count: streams.length - 1 })}</span>
      )}
    </span>
  )
}

type StreamStateProps = Pick<AuditOverview['streams'][number], 'state' | 'isFailing'>

function StreamState({ state, isFailing }: StreamStateProps) {
  const t = useAuditT()
  if (state === 'off')
    return (
      <Status shape="ring" tone="quiet">
        {t('console-audit.streams_off')}
      </Status>
    )
  if (state === 'paused')
    return (
      <Status shape="major" tone="major">
        {t('console-audit.streams_paused')}
      </Status>
    )
  return isFailing ? (
    <Status shape="degraded" tone="degraded">
      {t('console-audit.streams_failing')}
    </Status>
  ) : (
    <Status shape="ok" tone="ok">
      {t('console-audit.streams_streaming')}
    </Status>
  )
}
