import type { Incident, StatusComponent } from '@clew/contract/status'
import { useQuery } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { componentsQuery, incidentsQuery } from './api.ts'
import { ComponentListing } from './component-list.tsx'
import { IncidentCard } from './incident-card.tsx'
import { OpenForm } from './open-form.tsx'
import { PastIncidents } from './past-incidents.tsx'
import styles from './status.module.css'
import { partsOf } from './status-model.ts'
import { useOpener } from './use-opener.ts'
import { type StatusT, StatusWords, useStatusT } from './words.ts'

/** What the team tells about the service: components, incidents, and what is new about them. */
export function StatusPage() {
  return (
    <main className={sheet.sheet} id="main">
      <div className={cx(ledgerClass, sheet.ledger)}>
        <StatusWords waiting={<Waiting />}>
          <Sheet />
        </StatusWords>
      </div>
    </main>
  )
}

const Waiting = () => (
  <RailRow className={sheet.part}>
    <Bones widths={[30, 60, 45, 50]} />
  </RailRow>
)

function Sheet() {
  const t = useStatusT()
  const workspace = useT()
  const components = useQuery(componentsQuery)
  const incidents = useQuery(incidentsQuery)
  const error = components.error ?? incidents.error
  const isKnown = components.data !== undefined && incidents.data !== undefined
  const again = () => {
    void components.refetch()
    void incidents.refetch()
  }
  return (
    <>
      <RailRow as="header" className={sheet.head}>
        <h1>{t('status.title')}</h1>
        <p className={text.effect}>
          {isKnown ? effectOf(t, incidents.data.incidents, components.data.components) : t('status.loading')}{' '}
          <a className={styles.public} href={`/${t.locale}/status`} target="_blank" rel="noopener">
            {t('status.public_page')}
          </a>
        </p>
      </RailRow>
      {error !== null && (
        <RailRow className={sheet.part}>
          <p role="alert">{errorText(workspace, error)}</p>
          <button type="button" className={controls.button} onClick={again}>
            {t('status.try_again')}
          </button>
        </RailRow>
      )}
      {isKnown && <Ledger incidents={incidents.data.incidents} components={components.data.components} />}
      {!isKnown && error === null && <Waiting />}
    </>
  )
}

type LedgerProps = { incidents: readonly Incident[]; components: readonly StatusComponent[] }

function Ledger({ incidents, components }: LedgerProps) {
  const t = useStatusT()
  const opening = useOpener()
  const parts = partsOf(components)
  const open = incidents.filter(({ resolvedAt }) => resolvedAt === undefined)
  return (
    <>
      <RailRow className={sheet.part} margin={opening.isOpen ? t('status.margin_new') : undefined}>
        <button type="button" className={cx(controls.main, controls.large)} {...opening.button}>
          {t('status.open_incident')}
        </button>
        {opening.isOpen && <OpenForm components={parts} onDone={opening.close} />}
      </RailRow>
      {open.map((incident) => (
        <IncidentCard key={incident.id} incident={incident} components={parts} heading="h2" />
      ))}
      <ComponentListing components={components} />
      <PastIncidents incidents={incidents.filter(({ resolvedAt }) => resolvedAt !== undefined)} components={parts} />
    </>
  )
}

function effectOf(t: StatusT, incidents: readonly Incident[], components: readonly StatusComponent[]): string {
  const open = incidents.filter(({ resolvedAt }) => resolvedAt === undefined).length
  if (open > 0) return t('status.effect_open', { count: open })
  const hurt = partsOf(components).filter(({ status }) => status !== 'operational').length
  return hurt > 0 ? t('status.effect_components', { count: hurt }) : t('status.effect_none')
}
