import type { AuditStream, AuditStreamTest, StreamTarget } from '@clew/contract/audit-streams'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment, timeOfDay } from '../../app/times.ts'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { lagText } from './lag.ts'
import { Secret } from './secret.tsx'
import { StreamActions } from './stream-actions.tsx'
import { StreamForm } from './stream-form.tsx'
import styles from './streams.module.css'
import { streamsApi } from './streams-api.ts'
import { type AuditT, useAuditT } from './words.ts'

/** One stream: where it leads, how far it has come, and what can be done with it. */
export function StreamRow({ stream, canManage }: { stream: AuditStream; canManage: boolean }) {
  const t = useAuditT()
  const shell = useT()
  const queryClient = useQueryClient()
  const [isChanging, setChanging] = useState(false)
  const [secret, setSecret] = useState<string>()
  const test = useMutation({ mutationFn: () => streamsApi.test(stream.id) })
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['audit'] })
  return (
    <RailRow as="section" className={sheet.part} aria-label={stream.name}>
      <h2>{stream.name}</h2>
      <p className={styles.where}>
        <State stream={stream} /> <span>{t(`console-audit.kind_${stream.target.kind}`)}</span>{' '}
        <span className={cx(text.mono, styles.address)}>{addressOf(stream.target)}</span>
      </p>
      <Progress stream={stream} />
      {secret !== undefined && <Secret value={secret} onDone={() => setSecret(undefined)} />}
      {isChanging ? (
        <StreamForm
          stream={stream}
          onSave={async ({ name, target, secret: given }) => {
            const state = stream.state === 'off' ? 'off' : 'active'
            const change = {
              version: stream.version,
              name,
              target,
              state,
              ...(given === undefined ? {} : { secret: given }),
            } as const
            const saved = await streamsApi.change(stream.id, change)
            await refresh()
            setSecret(saved.secret)
            setChanging(false)
          }}
          onCancel={() => setChanging(false)}
        />
      ) : (
        canManage && (
          <StreamActions
            stream={stream}
            test={test}
            onChange={() => setChanging(true)}
            onSecret={setSecret}
            onDone={refresh}
          />
        )
      )}
      <div role="status" className={styles.sentence}>
        {test.data !== undefined && <TestResult result={test.data} />}
        {test.error !== null && errorText(shell, test.error)}
      </div>
    </RailRow>
  )
}

function addressOf(target: StreamTarget): string {
  switch (target.kind) {
    case 'https':
    case 'splunk':
      return target.url
    case 'syslog':
      return `${target.host}:${target.port}`
    case 's3':
      return `${target.endpoint.replace(/\/+$/, '')}/${target.bucket}/${target.prefix}`
  }
}

function State({ stream: { state, failure } }: { stream: AuditStream }) {
  const t = useAuditT()
  if (state === 'off')
    return (
      <Status shape="ring" tone="quiet">
        {t('console-audit.state_off')}
      </Status>
    )
  if (state === 'paused')
    return (
      <Status shape="major" tone="major">
        {t('console-audit.state_paused')}
      </Status>
    )
  return failure === undefined ? (
    <Status shape="ok" tone="ok">
      {t('console-audit.state_active')}
    </Status>
  ) : (
    <Status shape="degraded" tone="degraded">
      {t('console-audit.state_failing')}
    </Status>
  )
}

function Progress({ stream: { behind, lagSeconds, deliveredAt, failure, state } }: { stream: AuditStream }) {
  const t = useAuditT()
  const shell = useT()
  return (
    <>
      <p>
        {behind === 0
          ? t('console-audit.up_to_date')
          : t('console-audit.behind', { count: behind, lag: lagText(shell, lagSeconds) })}{' '}
        {deliveredAt !== undefined && (
          <span className={text.muted}>{t('console-audit.delivered', { at: fullMoment(shell, deliveredAt) })}</span>
        )}
      </p>
      {failure !== undefined && (
        <p>
          {state === 'active'
            ? t('console-audit.failed_why', {
                why: t(`console-audit.why_${failure.why}`),
                attempts: t.format.number(failure.attempts),
                next: timeOfDay(shell, failure.nextTryAt),
              })
            : t(`console-audit.why_${failure.why}`)}
        </p>
      )}
    </>
  )
}

function TestResult({ result }: { result: AuditStreamTest }) {
  const t = useAuditT()
  if (result.arrived)
    return (
      <Status shape="ok" tone="ok">
        {t('console-audit.test_arrived', { ms: t.format.number(result.durationMs) })}
      </Status>
    )
  return (
    <Status shape="major" tone="major">
      {whyOf(t, result)}
    </Status>
  )
}

function whyOf(t: AuditT, { failure = 'refused', status }: AuditStreamTest): string {
  const why = t(`console-audit.why_${failure}`)
  return status === undefined ? why : t('console-audit.test_failed', { why, status: String(status) })
}
