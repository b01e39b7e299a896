import type { SsoGateRule, SsoOverview, SsoRequirement } from '@clew/contract/single-sign-on'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import { overviewQuery, ssoApi } from './api.ts'
import { BreakGlass } from './break-glass.tsx'
import styles from './sso.module.css'
import { useSsoT } from './words.ts'

function useChange(work: () => Promise<SsoOverview>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSuccess: (overview) => queryClient.setQueryData(overviewQuery.queryKey, overview),
    // The number may have changed in the meantime.
    onError: () => queryClient.invalidateQueries(overviewQuery),
  })
}

/** What has to be true before everybody has to come by SSO, whom it keeps out, and the switch. */
export function Requirement({ overview }: { overview: SsoOverview }) {
  const t = useSsoT()
  const { requirement, canManage } = overview
  return (
    <section className={styles.part} aria-label={t('console-sso.require')}>
      <RailRow className={styles.title}>
        <h2>{t('console-sso.require')}</h2>
      </RailRow>
      <ul>
        {requirement.rules.map((rule) => (
          <RuleLine key={rule.rule} rule={rule} />
        ))}
      </ul>
      <RailRow className={styles.after}>
        <BreakGlass requirement={requirement} canManage={canManage} />
        {requirement.isRequired ? (
          <Required requirement={requirement} canManage={canManage} />
        ) : (
          <Locked requirement={requirement} canManage={canManage} />
        )}
      </RailRow>
    </section>
  )
}

function RuleLine({ rule }: { rule: SsoGateRule }) {
  const t = useSsoT()
  const { isMet, isRequired } = rule
  const word = isMet ? 'met' : isRequired ? 'not_met' : 'advice'
  return (
    <RailRow
      as="li"
      className={styles.line}
      data-slim=""
      margin={
        <Status
          shape={isMet ? 'ok' : isRequired ? 'partial' : 'degraded'}
          tone={isMet ? 'ok' : isRequired ? 'partial' : 'degraded'}
        >
          {t(`console-sso.gate_${word}`)}
        </Status>
      }
    >
      <div className={styles.head}>
        <span>{t(`console-sso.rule_${rule.rule}`)}</span>
        <RuleFact rule={rule} />
      </div>
    </RailRow>
  )
}

function RuleFact({ rule: { rule, isMet, name, at, count = 0, of = 0, missing = [] } }: { rule: SsoGateRule }) {
  const t = useSsoT()
  const words = useT()
  if (rule === 'owner_tested')
    return (
      <span className={styles.push}>
        {name !== undefined && at !== undefined
          ? t('console-sso.fact_tested', { name, moment: fullMoment(words, at) })
          : t('console-sso.fact_untested')}
      </span>
    )
  if (rule === 'break_glass_ready')
    return (
      <span className={styles.push}>{name ?? missing.map((each) => t(`console-sso.missing_${each}`)).join(', ')}</span>
    )
  if (isMet) return null
  return (
    <span className={styles.push}>
      {rule === 'addresses_verified'
        ? t('console-sso.fact_outside', { count })
        : t('console-sso.fact_keys', { count, of })}
    </span>
  )
}

type Props = { requirement: SsoRequirement; canManage: boolean }

function Locked({ requirement, canManage }: Props) {
  const t = useSsoT()
  const words = useT()
  const [typed, setTyped] = useState('')
  const { lockedOut, isOpen } = requirement
  // Everybody types it in their own language; the server knows one.
  const phrase = t('console-sso.lock_out_phrase', { count: lockedOut.length })
  const change = useChange(() => ssoApi.require(`lock out ${lockedOut.length}`))
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate()
  }
  return (
    <div className={styles.locked}>
      <p>
        <Status shape="partial" tone="partial">
          {t('console-sso.locks_out', { count: lockedOut.length })}
        </Status>
      </p>
      <LockedList requirement={requirement} />
      {canManage && (
        <form className={styles.confirm} onSubmit={onSubmit}>
          <label>
            <span className={controls.label}>
              {t('console-sso.type_to_go_on')} <b className={styles.mono}>{phrase}</b>
            </span>
            <input
              className={controls.field}
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          </label>
          <button
            type="submit"
            className={styles.danger}
            disabled={!isOpen || typed.trim().toLowerCase() !== phrase.toLowerCase() || change.isPending}
          >
            {t('console-sso.require_do')}
          </button>
          <span className={controls.hint}>{t(isOpen ? 'console-sso.gate_open' : 'console-sso.gate_closed')}</span>
        </form>
      )}
      <div role="status" className={styles.said}>
        {change.error !== null && (
          <Status shape="major" tone="major">
            {errorText(words, change.error)}
          </Status>
        )}
      </div>
    </div>
  )
}

const shown = 12

function LockedList({ requirement: { lockedOut } }: { requirement: SsoRequirement }) {
  const t = useSsoT()
  const [isWhole, setWhole] = useState(false)
  const some = isWhole ? lockedOut : lockedOut.slice(0, shown)
  return (
    <>
      <ul className={styles.out}>
        {some.map(({ memberId, name, email, why }) => (
          <li key={memberId}>
            {name}{' '}
            <span className={styles.muted}>
              {email}: {t(`console-sso.why_${why}`)}
            </span>
          </li>
        ))}
      </ul>
      {lockedOut.length > shown && !isWhole && (
        <p>
          <button type="button" className={controls.link} onClick={() => setWhole(true)}>
            {t('console-sso.see_all', { count: lockedOut.length })}
          </button>
        </p>
      )}
    </>
  )
}

function Required({ requirement, canManage }: Props) {
  const t = useSsoT()
  const words = useT()
  const change = useChange(() => ssoApi.relax())
  const { requiredAt, requiredBy = '', graceEndsAt, lockedOut } = requirement
  return (
    <div className={styles.locked}>
      <p>
        <Status shape="ok" tone="ok">
          {t('console-sso.is_required')}
        </Status>
      </p>
      {requiredAt !== undefined && graceEndsAt !== undefined && (
        <p>
          {t('console-sso.required_since', {
            name: requiredBy,
            moment: fullMoment(words, requiredAt),
            end: fullMoment(words, graceEndsAt),
          })}
        </p>
      )}
      {lockedOut.length > 0 && <p>{t('console-sso.kept_out', { count: lockedOut.length })}</p>}
      <LockedList requirement={requirement} />
      {canManage && (
        <p>
          <button type="button" className={controls.button} disabled={change.isPending} onClick={() => change.mutate()}>
            {t('console-sso.relax')}
          </button>
        </p>
      )}
      <div role="status" className={styles.said}>
        {change.error !== null && (
          <Status shape="major" tone="major">
            {errorText(words, change.error)}
          </Status>
        )}
      </div>
    </div>
  )
}
