import type { SsoConnection, SsoOverview } from '@clew/contract/single-sign-on'
import { ssoReasonKind } from '@clew/contract/single-sign-on-reasons'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import { AddConnection } from './add-connection.tsx'
import { ConnectionEditor } from './connection-editor.tsx'
import styles from './sso.module.css'
import { useCauseT, useSsoT } from './words.ts'

type Props = { overview: SsoOverview; openId: string | undefined; onOpen(id: string | undefined): void }

export function Connections({ overview, openId, onOpen }: Props) {
  const t = useSsoT()
  const { connections, canManage } = overview
  return (
    <section className={styles.part} aria-label={t('console-sso.connections')}>
      <RailRow className={styles.title}>
        <h2>{t('console-sso.connections')}</h2>
      </RailRow>
      <ul>
        {connections.map((connection) => (
          <ConnectionRow
            key={connection.id}
            connection={connection}
            overview={overview}
            isOpen={connection.id === openId}
            onToggle={() => onOpen(connection.id === openId ? undefined : connection.id)}
          />
        ))}
      </ul>
      <RailRow className={styles.after}>
        {connections.length === 0 && <p className={styles.sentence}>{t('console-sso.connections_none')}</p>}
        {canManage && <AddConnection onAdded={onOpen} />}
      </RailRow>
    </section>
  )
}

type RowProps = { connection: SsoConnection; overview: SsoOverview; isOpen: boolean; onToggle(): void }

function ConnectionRow({ connection, overview, isOpen, onToggle }: RowProps) {
  const t = useSsoT()
  const { id, name, kind, isComplete } = connection
  return (
    <RailRow as="li" className={styles.line} margin={<StateWord connection={connection} />} aria-label={name}>
      <div className={styles.head}>
        <b>{name}</b>
        <span className={styles.tag}>{t(`console-sso.kind_${kind}`)}</span>
        {overview.canManage && (
          <span className={styles.push}>
            {isComplete && (
              <a className={controls.button} href={`/sso/test/${id}`} aria-label={t('console-sso.test_of', { name })}>
                {t('console-sso.test')}
              </a>
            )}
            <button
              type="button"
              className={controls.button}
              aria-expanded={isOpen}
              data-connection={id}
              aria-label={t('console-sso.open_of', { name })}
              onClick={onToggle}
            >
              {t(isOpen ? 'console-sso.close' : 'console-sso.open')}
            </button>
          </span>
        )}
      </div>
      <Sentences connection={connection} />
      {isOpen && <ConnectionEditor connection={connection} overview={overview} onGone={onToggle} />}
    </RailRow>
  )
}

/** How a connection is doing, as far as it has to be known to say so. */
export function StateWord({
  connection: { state, lastReason },
}: {
  connection: Pick<SsoConnection, 'state' | 'lastReason'>
}) {
  const t = useSsoT()
  if (state === 'draft')
    return (
      <Status shape="degraded" tone="degraded">
        {t('console-sso.state_draft')}
      </Status>
    )
  if (state === 'off')
    return (
      <Status shape="maintenance" tone="quiet">
        {t('console-sso.state_off')}
      </Status>
    )
  const isWell = lastReason === undefined || !/^(?:saml|oidc)\./.test(lastReason)
  return (
    <Status shape={isWell ? 'ok' : 'partial'} tone={isWell ? 'ok' : 'partial'}>
      {t(isWell ? 'console-sso.state_active' : 'console-sso.state_failing')}
    </Status>
  )
}

export type ToldConnection = Pick<
  SsoConnection,
  'people' | 'lastAt' | 'certificates' | 'lastReason' | 'isComplete' | 'kind' | 'metadataFailure'
>

export function Sentences({ connection }: { connection: ToldConnection }) {
  const t = useSsoT()
  const about = useCauseT()
  const words = useT()
  const { people, lastAt, certificates, lastReason, isComplete, kind, metadataFailure } = connection
  const [last] = [...certificates].sort((a, b) => b.notAfter.localeCompare(a.notAfter))
  const day = (at: string): string => t.format.date(at, { dateStyle: 'long' })
  return (
    <>
      <p className={styles.sentence}>
        {lastAt === undefined
          ? t('console-sso.people_none')
          : t('console-sso.people', { people, moment: fullMoment(words, lastAt) })}
        {kind === 'saml' && last !== undefined && (
          <>
            {' '}
            {t(certificates.length > 1 ? 'console-sso.certificate_two' : 'console-sso.certificate_until', {
              until: day(last.notAfter),
            })}
          </>
        )}
      </p>
      {!isComplete && <p className={styles.sentence}>{t('console-sso.incomplete')}</p>}
      {last?.isEnding && (
        <p className={styles.said}>
          <Status shape="partial" tone="partial">
            {t('console-sso.certificate_ending', { days: Math.max(0, last.daysLeft) })}
          </Status>
        </p>
      )}
      {metadataFailure !== undefined && (
        <p className={styles.said}>
          <Status shape="partial" tone="partial">
            {t('console-sso.metadata_failed', { reason: metadataFailure })}
          </Status>
        </p>
      )}
      {lastReason !== undefined && (
        <p className={styles.sentence}>
          {t('console-sso.last_refused')} {about(`sso-words.reason_${ssoReasonKind(lastReason)}`)}
        </p>
      )}
    </>
  )
}
