import type { OrganisationDomain } from '@clew/contract/domains'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { isAgentSession, useSession } from '../../app/session.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { AddDomain } from './add-domain.tsx'
import { domainsQuery } from './api.ts'
import { ChangeAssistant } from './change-assistant.tsx'
import { ChangesMade } from './changes-made.tsx'
import { Disputes } from './disputes.tsx'
import { DomainRow } from './domain-row.tsx'
import styles from './domains.module.css'
import { type DomainsT, DomainsWords, useDomainsT } from './words.ts'

/** The domains of an organisation: each proved by a record, each with its own state. */
export function Screen() {
  return (
    <main className={sheet.sheet} id="main">
      <DomainsWords waiting={<Bones widths={[40, 60]} />}>
        <Whole />
      </DomainsWords>
    </main>
  )
}

function Whole() {
  const session = useSession()
  const { data, error, refetch } = useQuery(domainsQuery)
  const [moving, setMoving] = useState<string>()
  const mayMove = session.permissions.includes('members.manage') && data?.canManage === true
  const mayDecide = isAgentSession(session) && session.permissions.includes('organisations.manage')
  return (
    <div className={cx(ledgerClass, sheet.ledger)}>
      <Head domains={data?.domains} />
      {data === undefined && <NotYet error={error} onAgain={() => void refetch()} />}
      {data !== undefined && <List {...data} onMove={mayMove ? setMoving : undefined} />}
      {data !== undefined && mayMove && (
        <ChangeAssistant domains={data.domains} from={moving} key={moving} onDone={() => setMoving(undefined)} />
      )}
      <ChangesMade mayUndo={mayMove} />
      {mayDecide && <Disputes />}
    </div>
  )
}

function Head({ domains }: { domains: readonly OrganisationDomain[] | undefined }) {
  const t = useDomainsT()
  const verified = domains?.filter(({ state }) => state === 'verified' || state === 'lost').length ?? 0
  return (
    <RailRow
      as="header"
      className={sheet.head}
      margin={domains && t('console-domains.count', { verified, all: domains.length })}
    >
      <h1>{t('console-domains.title')}</h1>
      <p className={text.effect}>{domains === undefined ? t('console-domains.loading') : leadOf(t, domains)}</p>
      <p className={controls.hint}>{t('console-domains.what')}</p>
    </RailRow>
  )
}

function NotYet({ error, onAgain }: { error: Error | null; onAgain(): void }) {
  const words = useT()
  return (
    <RailRow className={sheet.part}>
      {error === null ? (
        <Bones widths={[45, 70, 52]} />
      ) : (
        <>
          <p role="alert">{errorText(words, error)}</p>
          <button type="button" className={controls.button} onClick={onAgain}>
            {words('workspace.try_again')}
          </button>
        </>
      )}
    </RailRow>
  )
}

type ListProps = {
  domains: readonly OrganisationDomain[]
  canManage: boolean
  onMove: ((name: string) => void) | undefined
}

function List({ domains, canManage, onMove }: ListProps) {
  const t = useDomainsT()
  return (
    <section className={styles.part} aria-label={t('console-domains.list')}>
      {domains.length === 0 && (
        <RailRow className={styles.line}>
          <p>{t('console-domains.empty')}</p>
        </RailRow>
      )}
      <ul>
        {domains.map((domain) => (
          <DomainRow
            key={domain.id}
            domain={domain}
            canManage={canManage}
            onMove={onMove && (() => onMove(domain.name))}
          />
        ))}
      </ul>
      {canManage && <AddDomain />}
    </section>
  )
}

/** What the page means, in one sentence; the worst first. */
function leadOf(t: DomainsT, domains: readonly OrganisationDomain[]): string {
  const of = (state: OrganisationDomain['state']) => domains.filter((each) => each.state === state)
  const [lost] = of('lost')
  if (lost)
    return t('console-domains.lead_lost', {
      domain: lost.shownName,
      members: lost.members,
      days: Math.max(0, 8 - (lost.day ?? 1)),
    })
  const [disputed] = of('disputed')
  if (disputed) return t('console-domains.lead_disputed', { domain: disputed.shownName })
  const [verified, ...more] = of('verified')
  if (verified)
    return t('console-domains.lead_verified', {
      domain: verified.shownName,
      more: more.length,
      members: of('verified').reduce((sum, { members }) => sum + members, 0),
    })
  return of('waiting').length > 0 ? t('console-domains.lead_waiting') : t('console-domains.lead_none')
}
