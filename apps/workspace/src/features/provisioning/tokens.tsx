import type { MadeScimToken, ProvisioningConnection, ScimToken, TokenScope } from '@clew/contract/provisioning'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { now } from '../../app/clock.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment, longSpan } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import { connectionsQuery } from './api.ts'
import { endsSoon, works } from './health.ts'
import { MakeToken } from './make-token.tsx'
import styles from './provisioning.module.css'
import { Rotation } from './rotation.tsx'
import { TokenActions } from './token-actions.tsx'
import { type ProvisioningT, useProvisioningT } from './words.ts'

type Props = { connection: ProvisioningConnection; canManage: boolean }

/** The tokens of a connection. A new one is in memory until it is dismissed, and nowhere else. */
export function Tokens({ connection, canManage }: Props) {
  const t = useProvisioningT()
  const queryClient = useQueryClient()
  const [made, setMade] = useState<MadeScimToken>()
  const onMade = (token: MadeScimToken) => {
    setMade(token)
    void queryClient.invalidateQueries(connectionsQuery)
  }
  const tokens = connection.tokens.filter(works)
  const ended = connection.tokens.filter((token) => !works(token))
  return (
    <section className={styles.part} aria-label={t('console-provisioning.tokens')}>
      <RailRow className={styles.title}>
        <h2>{t('console-provisioning.tokens')}</h2>
      </RailRow>
      {tokens.length === 0 && (
        <RailRow className={styles.line}>
          <p>{t(ended.length === 0 ? 'console-provisioning.tokens_none' : 'console-provisioning.tokens_none_left')}</p>
        </RailRow>
      )}
      <Rotation tokens={tokens} />
      <ul>
        {tokens.map((token) => (
          <TokenLine key={token.id} token={token}>
            {canManage && <TokenActions connectionId={connection.id} token={token} onMade={onMade} />}
          </TokenLine>
        ))}
      </ul>
      {ended.length > 0 && <Ended tokens={ended} />}
      {made !== undefined && <Made token={made} onDone={() => setMade(undefined)} />}
      {canManage && made === undefined && <MakeToken connectionId={connection.id} onMade={onMade} />}
    </section>
  )
}

/** They do nothing any more; that they were there stays to be seen. */
function Ended({ tokens }: { tokens: readonly ScimToken[] }) {
  const t = useProvisioningT()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <RailRow className={styles.fold}>
        <button type="button" className={controls.link} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t('console-provisioning.tokens_ended', { count: tokens.length })}
        </button>
      </RailRow>
      {isOpen && (
        <ul>
          {tokens.map((token) => (
            <TokenLine key={token.id} token={token} />
          ))}
        </ul>
      )}
    </>
  )
}

function Made({ token: { token }, onDone }: { token: MadeScimToken; onDone(): void }) {
  const t = useProvisioningT()
  return (
    <RailRow className={styles.after}>
      <div className={styles.made} role="status">
        <p>
          <Status shape="degraded" tone="degraded">
            {t('console-provisioning.made')}
          </Status>
        </p>
        <CopyButton value={token} label={t('console-provisioning.made_copy')} />
        <button type="button" className={controls.button} onClick={onDone}>
          {t('console-provisioning.made_done')}
        </button>
      </div>
    </RailRow>
  )
}

const looks = {
  active: ['ok', 'ok'],
  replaced: ['maintenance', 'quiet'],
  expired: ['major', 'quiet'],
  revoked: ['major', 'quiet'],
} as const

function TokenLine({ token, children }: { token: ScimToken; children?: ReactNode }) {
  const t = useProvisioningT()
  const words = useT()
  const isEnding = endsSoon(token, now())
  const [shape, tone] = isEnding ? (['partial', 'partial'] as const) : looks[token.state]
  const date = words.format.date(Date.parse(token.expiresAt), { dateStyle: 'medium' })
  return (
    <RailRow
      as="li"
      className={styles.line}
      aria-label={`…${token.hint}`}
      margin={
        <Status shape={shape} tone={tone}>
          {t(isEnding ? 'console-provisioning.token_soon' : `console-provisioning.token_state_${token.state}`)}
        </Status>
      }
    >
      <div className={styles.head}>
        <b className={styles.mono}>…{token.hint}</b>
        <span className={styles.muted}>
          {works(token)
            ? t('console-provisioning.token_until_in', {
                date,
                span: longSpan(words, Date.parse(token.expiresAt) - now()),
              })
            : t('console-provisioning.token_until', { date })}
        </span>
      </div>
      <p className={styles.sentence}>
        {t('console-provisioning.token_line', {
          scope: scopeText(t, token.scope),
          moment: fullMoment(words, token.createdAt),
          name: token.createdBy,
        })}{' '}
        {token.usedAt === undefined
          ? t('console-provisioning.token_unused')
          : t('console-provisioning.token_used', {
              moment: fullMoment(words, token.usedAt),
              address: token.usedFrom ?? '–',
            })}{' '}
        {token.standsFor !== undefined && t('console-provisioning.token_stands', { name: token.standsFor })}
      </p>
      {children}
    </RailRow>
  )
}

function scopeText(t: ProvisioningT, { users, groups, readOnly }: TokenScope): string {
  const scope = t(`console-provisioning.scope_${users && groups ? 'all' : users ? 'users' : 'groups'}`)
  return readOnly ? t('console-provisioning.scope_read', { scope }) : scope
}
