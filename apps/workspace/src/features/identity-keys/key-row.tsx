import type { IdentityKey } from '@clew/contract/identity'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { RailRow } from '../../app/ui/rail.tsx'
import { identityApi, keysQuery } from './api.ts'
import styles from './identity-keys.module.css'
import { useIdentityT } from './words.ts'

export function KeyRow({ identityKey: key }: { identityKey: IdentityKey }) {
  const t = useIdentityT()
  const words = useT()
  return (
    <RailRow as="li" className={styles.key} margin={key.algorithm}>
      <div className={styles.about}>
        <p>
          <b>{key.name}</b>
        </p>
        <p className={styles.id}>
          {t('identity.kid')} <CopyButton value={key.id} label={t('identity.kid_copy')} />
        </p>
        <p className={controls.hint}>
          {t('identity.made', { moment: fullMoment(words, key.createdAt), name: key.createdBy })} ·{' '}
          {key.lastUsedAt === undefined
            ? t('identity.unused')
            : t('identity.used', { moment: fullMoment(words, key.lastUsedAt) })}
        </p>
        <Revoke identityKey={key} />
      </div>
    </RailRow>
  )
}

/** Asks once more, in place: sign-in of a whole product may hang on it. */
function Revoke({ identityKey: { id, name } }: { identityKey: IdentityKey }) {
  const t = useIdentityT()
  const words = useT()
  const queryClient = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const revoke = useMutation({
    mutationFn: () => identityApi.revoke(id),
    onSuccess: () => queryClient.invalidateQueries(keysQuery),
  })
  if (!isAsking)
    return (
      <button type="button" className={controls.button} onClick={() => setAsking(true)}>
        {t('identity.revoke')}
      </button>
    )
  return (
    <div className={styles.sure}>
      <p role="status">{t('identity.revoke_sure', { name })}</p>
      <button type="button" className={controls.main} disabled={revoke.isPending} onClick={() => revoke.mutate()}>
        {t('identity.revoke')}
      </button>
      <button type="button" className={controls.button} onClick={() => setAsking(false)}>
        {t('identity.revoke_keep')}
      </button>
      {revoke.error !== null && <p role="alert">{errorText(words, revoke.error)}</p>}
    </div>
  )
}
