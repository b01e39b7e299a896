import { type MadeScimToken, type ScimToken, tokenOverlapDays } from '@clew/contract/provisioning'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { Status } from '../../app/ui/status.tsx'
import { connectionsQuery, provisioningApi } from './api.ts'
import { works } from './health.ts'
import styles from './provisioning.module.css'
import { useProvisioningT } from './words.ts'

const overlaps = [0, 1, tokenOverlapDays.usual, 14, tokenOverlapDays.most] as const

type Props = { connectionId: string; token: ScimToken; onMade(token: MadeScimToken): void }

/** A token is replaced without haste, or ended at once; both say first what that means. */
export function TokenActions({ connectionId, token, onMade }: Props) {
  const words = useT()
  const queryClient = useQueryClient()
  const [asking, setAsking] = useState<Asking>()
  const onSettled = () => setAsking(undefined)
  const rotate = useMutation({
    mutationFn: (overlapDays: number) => provisioningApi.rotateToken(connectionId, token.id, overlapDays),
    onSuccess: onMade,
    onSettled,
  })
  const revoke = useMutation({
    mutationFn: () => provisioningApi.revokeToken(connectionId, token.id),
    onSuccess: () => queryClient.invalidateQueries(connectionsQuery),
    onSettled,
  })
  const error = rotate.error ?? revoke.error
  if (!works(token)) return null
  return (
    <>
      <Choices token={token} asking={asking} onAsk={setAsking} />
      {asking === 'rotate' && <Rotate isPending={rotate.isPending} onDo={rotate.mutate} onKeep={onSettled} />}
      {asking === 'revoke' && <Revoke isPending={revoke.isPending} onDo={revoke.mutate} onKeep={onSettled} />}
      {error !== null && (
        <p role="status" className={styles.said}>
          <Status shape="major" tone="major">
            {errorText(words, error)}
          </Status>
        </p>
      )}
    </>
  )
}

type Asking = 'rotate' | 'revoke'
type ChoicesProps = { token: ScimToken; asking: Asking | undefined; onAsk(what: Asking): void }

function Choices({ token: { state, hint }, asking, onAsk }: ChoicesProps) {
  const t = useProvisioningT()
  return (
    <div className={styles.ways}>
      {state === 'active' && (
        <button
          type="button"
          className={controls.button}
          aria-expanded={asking === 'rotate'}
          aria-label={t('console-provisioning.rotate_of', { hint })}
          onClick={() => onAsk('rotate')}
        >
          {t('console-provisioning.rotate')}
        </button>
      )}
      <button
        type="button"
        className={controls.plain}
        aria-expanded={asking === 'revoke'}
        aria-label={t('console-provisioning.revoke_of', { hint })}
        onClick={() => onAsk('revoke')}
      >
        {t('console-provisioning.revoke')}
      </button>
    </div>
  )
}

type RotateProps = { isPending: boolean; onDo(overlapDays: number): void; onKeep(): void }

function Rotate({ isPending, onDo, onKeep }: RotateProps) {
  const t = useProvisioningT()
  const [overlapDays, setOverlap] = useState<number>(tokenOverlapDays.usual)
  return (
    <div className={styles.locked}>
      <label className={styles.inline}>
        {t('console-provisioning.rotate_what')}{' '}
        <Select value={overlapDays} onChange={({ target }) => setOverlap(Number(target.value))}>
          {overlaps.map((count) => (
            <option key={count} value={count}>
              {t('console-provisioning.make_days', { count })}
            </option>
          ))}
        </Select>
      </label>
      <Ways
        word={t('console-provisioning.rotate_do')}
        className={controls.main}
        isPending={isPending}
        onDo={() => onDo(overlapDays)}
        onKeep={onKeep}
      />
    </div>
  )
}

function Revoke({ isPending, onDo, onKeep }: { isPending: boolean; onDo(): void; onKeep(): void }) {
  const t = useProvisioningT()
  return (
    <div className={styles.locked}>
      <p role="status">{t('console-provisioning.revoke_what')}</p>
      <Ways
        word={t('console-provisioning.revoke_do')}
        className={styles.danger}
        isPending={isPending}
        onDo={onDo}
        onKeep={onKeep}
      />
    </div>
  )
}

type WaysProps = { word: string; className: string | undefined; isPending: boolean; onDo(): void; onKeep(): void }

function Ways({ word, className, isPending, onDo, onKeep }: WaysProps) {
  const t = useProvisioningT()
  return (
    <div className={styles.ways}>
      <button type="button" className={className} disabled={isPending} onClick={onDo}>
        {word}
      </button>
      <button type="button" className={controls.button} onClick={onKeep}>
        {t('console-provisioning.keep')}
      </button>
    </div>
  )
}
