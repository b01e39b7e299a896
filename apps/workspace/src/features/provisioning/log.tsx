import type { ProvisioningConnection, ProvisioningRequest } from '@clew/contract/provisioning'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment, timeOfDay } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import { Status } from '../../app/ui/status.tsx'
import { requestsQuery, type Which } from './api.ts'
import styles from './provisioning.module.css'
import { RequestDetail } from './request-detail.tsx'
import { sentencesOf } from './sentences.ts'
import { useProvisioningT } from './words.ts'

type Props = { connection: ProvisioningConnection; canManage: boolean }

/** What the identity provider asked for, and what came of it. */
export function Log({ connection, canManage }: Props) {
  const t = useProvisioningT()
  const words = useT()
  const [which, setWhich] = useState<Which>('all')
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    requestsQuery(connection.id, which),
  )
  const requests = data?.pages.flatMap((page) => page.requests)
  return (
    <section className={styles.part} aria-label={t('console-provisioning.log')}>
      <Head which={which} onChange={setWhich} />
      {error !== null && (
        <RailRow className={styles.line}>
          <p role="alert">{errorText(words, error)}</p>
          <button type="button" className={controls.button} onClick={() => void refetch()}>
            {words('workspace.try_again')}
          </button>
        </RailRow>
      )}
      {requests === undefined && error === null && (
        <RailRow className={styles.line}>
          <Bones widths={[60, 44, 52]} />
        </RailRow>
      )}
      {requests?.length === 0 && (
        <RailRow className={styles.line}>
          <p>{t(which === 'all' ? 'console-provisioning.log_none' : 'console-provisioning.log_none_refused')}</p>
        </RailRow>
      )}
      <ol>
        {requests?.map((request) => (
          <Line key={request.id} connectionId={connection.id} request={request} canManage={canManage} />
        ))}
      </ol>
      {hasNextPage && (
        <RailRow className={styles.after}>
          <button
            type="button"
            className={controls.button}
            disabled={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {t('console-provisioning.log_more')}
          </button>
        </RailRow>
      )}
    </section>
  )
}

function Head({ which, onChange }: { which: Which; onChange(which: Which): void }) {
  const t = useProvisioningT()
  return (
    <RailRow className={styles.title}>
      <div className={styles.head}>
        <h2>{t('console-provisioning.log')}</h2>
        <span className={styles.push}>
          <Select
            aria-label={t('console-provisioning.log')}
            value={which}
            onChange={({ target }) => onChange(target.value as Which)}
          >
            <option value="all">{t('console-provisioning.log_all')}</option>
            <option value="refused">{t('console-provisioning.log_refused')}</option>
          </Select>
        </span>
      </div>
      <p className={controls.hint}>{t('console-provisioning.log_what')}</p>
    </RailRow>
  )
}

type LineProps = { connectionId: string; request: ProvisioningRequest; canManage: boolean }

function Line({ connectionId, request, canManage }: LineProps) {
  const t = useProvisioningT()
  const words = useT()
  const [isOpen, setOpen] = useState(false)
  const { method, path, resource, at } = request
  return (
    <RailRow
      as="li"
      className={styles.line}
      margin={
        <time dateTime={at} title={fullMoment(words, at)}>
          {timeOfDay(words, at)}
        </time>
      }
    >
      <div className={styles.head}>
        <span className={styles.mono}>{method}</span>
        <b>{resource?.name ?? path}</b>
        <span className={styles.push}>
          <button
            type="button"
            className={controls.plain}
            aria-expanded={isOpen}
            aria-label={t('console-provisioning.log_open_of', { method, path })}
            onClick={() => setOpen(!isOpen)}
          >
            {t('console-provisioning.log_open')}
          </button>
        </span>
      </div>
      <Outcome request={request} />
      {isOpen && <RequestDetail connectionId={connectionId} requestId={request.id} canManage={canManage} />}
    </RailRow>
  )
}

const shown = 3

function Outcome({ request: { status, detail = '', changes } }: { request: ProvisioningRequest }) {
  const t = useProvisioningT()
  if (status >= 400)
    return (
      <p className={styles.refused}>
        <Status shape="partial" tone="partial">
          {t('console-provisioning.log_failed', { detail })}
        </Status>
      </p>
    )
  const sentences = sentencesOf(t, changes)
  return (
    <p className={styles.sentence}>
      {sentences.length === 0 ? t('console-provisioning.log_nothing') : sentences.slice(0, shown).join(' · ')}
      {sentences.length > shown && ' …'}
    </p>
  )
}
