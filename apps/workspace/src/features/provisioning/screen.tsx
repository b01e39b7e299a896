import type { ConnectionList, ProvisioningConnection } from '@clew/contract/provisioning'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { now } from '../../app/clock.ts'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { AddConnection } from './add-connection.tsx'
import { connectionsQuery } from './api.ts'
import { Connection } from './connection.tsx'
import { ConnectionLine } from './connection-line.tsx'
import { endingToken, healthOf, worstOf } from './health.ts'
import styles from './provisioning.module.css'
import { type ProvisioningT, ProvisioningWords, useProvisioningT } from './words.ts'

/** By which identity providers people come, with what each needs, may and has done. */
export function Screen() {
  return (
    <main className={sheet.sheet} id="main">
      <ProvisioningWords waiting={<Bones widths={[40, 60]} />}>
        <Whole />
      </ProvisioningWords>
    </main>
  )
}

function Whole() {
  const t = useProvisioningT()
  const words = useT()
  const { data, error, refetch } = useQuery(connectionsQuery)
  const people = data?.connections.reduce((sum, { counts }) => sum + counts.users, 0) ?? 0
  return (
    <div className={cx(ledgerClass, sheet.ledger)}>
      <RailRow
        as="header"
        className={sheet.head}
        margin={people > 0 ? t('console-provisioning.margin', { count: people }) : undefined}
      >
        <h1>{t('console-provisioning.title')}</h1>
        <p className={text.effect}>
          {data === undefined ? t('console-provisioning.loading') : leadOf(t, words, data.connections)}
        </p>
        <p className={controls.hint}>{t('console-provisioning.what')}</p>
      </RailRow>
      {error !== null && (
        <RailRow className={sheet.part}>
          <p role="alert">{errorText(words, error)}</p>
          <button type="button" className={controls.button} onClick={() => void refetch()}>
            {words('workspace.try_again')}
          </button>
        </RailRow>
      )}
      {data === undefined && error === null && (
        <RailRow className={sheet.part}>
          <Bones widths={[45, 70, 52]} />
        </RailRow>
      )}
      {data !== undefined && <Connections list={data} />}
    </div>
  )
}

function Connections({ list: { connections, roles, canManage } }: { list: ConnectionList }) {
  const t = useProvisioningT()
  const [chosen, setChosen] = useState<string | null>()
  // With only one there is nothing to choose.
  const openId = chosen === undefined && connections.length === 1 ? connections[0]?.id : chosen
  const open = connections.find(({ id }) => id === openId)
  return (
    <>
      <section className={styles.part} aria-label={t('console-provisioning.list')}>
        {connections.length === 0 && (
          <RailRow className={styles.line}>
            <p>{t('console-provisioning.empty')}</p>
          </RailRow>
        )}
        <ul>
          {connections.map((connection) => (
            <ConnectionLine
              key={connection.id}
              connection={connection}
              isOpen={connection.id === openId}
              canRename={canManage}
              onToggle={() => setChosen(connection.id === openId ? null : connection.id)}
            />
          ))}
        </ul>
        {canManage && <AddConnection onAdded={setChosen} />}
      </section>
      {open !== undefined && <Connection key={open.id} connection={open} roles={roles} canManage={canManage} />}
    </>
  )
}

/** What the page means, in one sentence; the worst first. */
function leadOf(
  t: ProvisioningT,
  words: ReturnType<typeof useT>,
  connections: readonly ProvisioningConnection[],
): string {
  const worst = worstOf(connections, now())
  if (worst === undefined) return t('console-provisioning.lead_none')
  const { name, counts } = worst
  const ending = endingToken(worst, now())
  if (ending !== undefined) {
    const date = words.format.date(Date.parse(ending.expiresAt), { dateStyle: 'long' })
    return t('console-provisioning.lead_ending', { name, count: counts.users, date })
  }
  switch (healthOf(worst)) {
    case 'off':
      return t('console-provisioning.lead_no_token', { name })
    case 'waiting':
      return t('console-provisioning.lead_waiting', { name })
    case 'refused':
      return t('console-provisioning.lead_refused', { name, count: counts.users, refused: counts.refusedToday })
    case 'working':
      return t('console-provisioning.lead_working', { name, count: counts.users, groups: counts.groups })
  }
}
