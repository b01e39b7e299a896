import type { RequestLookup } from '@clew/contract/connectors'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { errorText } from '../../app/errors.ts'
import { latestEvent } from '../../app/feed.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import { connectorsApi, lookupsQuery } from './api.ts'
import styles from './connectors.module.css'
import { outcomeText } from './outcome-words.ts'
import { RecordList } from './record-list.tsx'
import { ConnectorsWords, useConnectorsT } from './words.ts'

/** What the product's own logs know of the request ids of a case; nothing at all where nobody set that up. */
export function LookupCards({ conversationId }: { conversationId: string }) {
  const { data, error } = useLookups(conversationId)
  const words = useT()
  if (error !== null)
    return (
      <RailRow className={styles.block}>
        <p role="alert">{errorText(words, error)}</p>
      </RailRow>
    )
  const shown = data?.lookups.filter(({ state }) => data.isOn || state !== 'none') ?? []
  if (data === undefined || shown.length === 0) return null
  return (
    <ConnectorsWords waiting={null}>
      {shown.map((lookup) => (
        <Card key={lookup.requestId} lookup={lookup} conversationId={conversationId} isOn={data.isOn} />
      ))}
    </ConnectorsWords>
  )
}

function useLookups(conversationId: string) {
  const queryClient = useQueryClient()
  useEffect(
    () =>
      latestEvent.subscribe(() => {
        const change = latestEvent.get()?.change
        if (change?.type === 'case' && change.conversation.id === conversationId)
          void queryClient.invalidateQueries(lookupsQuery(conversationId))
      }),
    [conversationId, queryClient],
  )
  return useQuery(lookupsQuery(conversationId))
}

const looks = {
  none: ['maintenance', 'quiet'],
  waiting: ['maintenance', 'quiet'],
  found: ['ok', 'ok'],
  not_found: ['degraded', 'degraded'],
  failed: ['major', 'major'],
} as const

type CardProps = { lookup: RequestLookup; conversationId: string; isOn: boolean }

function Card({ lookup, conversationId, isOn }: CardProps) {
  const t = useConnectorsT()
  const words = useT()
  const { requestId, state, record, failure, lookedAt } = lookup
  const [shape, tone] = looks[state]
  return (
    <RailRow
      as="section"
      className={styles.block}
      margin={t('connectors.card_margin')}
      aria-label={t('connectors.card', { id: requestId })}
    >
      <h3 className={styles.id}>
        <CopyButton value={requestId} label={t('connectors.copy_id')} />
      </h3>
      <div role="status">
        <Status shape={shape} tone={tone}>
          {t(`connectors.state_${state}`)}
        </Status>
        {failure !== undefined && <p className={styles.reason}>{outcomeText(t, failure, lookup.status)}</p>}
      </div>
      {record !== undefined && <RecordList record={record} />}
      <p className={styles.foot}>
        {lookedAt !== undefined && <span>{t('connectors.looked_at', { moment: fullMoment(words, lookedAt) })}</span>}
        {isOn && state !== 'waiting' && <Again lookup={lookup} conversationId={conversationId} />}
      </p>
    </RailRow>
  )
}

function Again({ lookup: { requestId, state }, conversationId }: Omit<CardProps, 'isOn'>) {
  const t = useConnectorsT()
  const words = useT()
  const queryClient = useQueryClient()
  const again = useMutation({
    mutationFn: () => connectorsApi.lookUp(conversationId, { requestId }),
    onSuccess: (list) => queryClient.setQueryData(lookupsQuery(conversationId).queryKey, list),
  })
  return (
    <>
      <button
        type="button"
        className={controls.link}
        disabled={again.isPending}
        onClick={() => again.mutate()}
        aria-label={t('connectors.look_up_named', { id: requestId })}
      >
        {t(state === 'none' ? 'connectors.look_up' : 'connectors.look_up_again')}
      </button>
      {again.error !== null && <span role="alert">{errorText(words, again.error)}</span>}
    </>
  )
}
