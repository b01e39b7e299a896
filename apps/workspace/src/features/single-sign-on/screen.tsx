import type { SsoOverview } from '@clew/contract/single-sign-on'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { overviewQuery } from './api.ts'
import { Attempts } from './attempts.tsx'
import { Connections } from './connections.tsx'
import { Diagnosis } from './diagnosis.tsx'
import { DomainLine } from './domain-line.tsx'
import { Proposals } from './proposals.tsx'
import { Requirement } from './requirement.tsx'
import styles from './sso.module.css'
import { TestResult } from './test-result.tsx'
import { CauseWords, type SsoT, SsoWords, useSsoT } from './words.ts'

/** Single sign-on: connections, domains, what requiring it would do, and why somebody cannot get in. */
export function Screen() {
  const waiting = <Bones widths={[40, 60]} />
  return (
    <main className={sheet.sheet} id="main">
      <SsoWords waiting={waiting}>
        <CauseWords waiting={waiting}>
          <Whole />
        </CauseWords>
      </SsoWords>
    </main>
  )
}

function Whole() {
  const t = useSsoT()
  const words = useT()
  const { data, error, refetch } = useQuery(overviewQuery)
  const [openId, setOpenId] = useState<string>()
  const goTo = (id: string) => {
    setOpenId(id)
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-connection="${id}"]`)?.focus())
  }
  return (
    <div className={cx(ledgerClass, sheet.ledger)}>
      <RailRow
        as="header"
        className={sheet.head}
        margin={data && t('console-sso.ready_of', { ready: data.ready, members: data.members })}
      >
        <h1>{t('console-sso.title')}</h1>
        <p className={text.effect}>{data === undefined ? t('console-sso.loading') : effectOf(t, data)}</p>
      </RailRow>
      {error !== null && (
        <RailRow className={sheet.part}>
          <p role="alert">{errorText(words, error)}</p>
          <button type="button" className={controls.button} onClick={() => void refetch()}>
            {words('workspace.try_again')}
          </button>
        </RailRow>
      )}
      {data !== undefined && (
        <>
          <TestResult />
          <Proposals />
          <Connections overview={data} openId={openId} onOpen={setOpenId} />
          <Domains overview={data} />
          <Requirement overview={data} />
          <Diagnosis overview={data} onConnection={goTo} />
          <Attempts connections={data.connections} />
        </>
      )}
    </div>
  )
}

function effectOf(t: SsoT, { connections, ready, members, requirement }: SsoOverview): string {
  const open = connections.filter(({ state }) => state === 'active')
  if (requirement.isRequired) return t('console-sso.effect_required', { out: requirement.lockedOut.length })
  if (open.length === 0) return t('console-sso.effect_none')
  const values = { connection: open.map(({ name }) => name).join(', '), ready, members }
  return t('console-sso.effect_open', { ...values, out: requirement.lockedOut.length })
}

function Domains({ overview: { domains } }: { overview: SsoOverview }) {
  const t = useSsoT()
  return (
    <section className={styles.part} aria-label={t('console-sso.domains')}>
      <RailRow className={styles.title}>
        <h2>{t('console-sso.domains')}</h2>
      </RailRow>
      <ul>
        {domains.map((domain) => (
          <DomainLine key={domain.name} domain={domain} />
        ))}
      </ul>
      <RailRow className={styles.after}>
        {domains.length === 0 && <p className={styles.sentence}>{t('console-sso.domains_none')}</p>}
        <Link to="/console/domains" className={controls.button}>
          {t('console-sso.domains_open')}
        </Link>
      </RailRow>
    </section>
  )
}
