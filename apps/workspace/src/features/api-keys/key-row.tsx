import type { Permission } from '@clew/contract/permissions'
import type { ApiKey } from '@clew/contract/sign-in'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { Trouble } from '../../app/sign-in/fields.tsx'
import { type SignInT, useSignInT } from '../../app/sign-in/words.ts'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { apiKeysApi, apiKeysQuery } from './api.ts'
import styles from './api-keys.module.css'

/** `members.read` is the message `scope_members_read`. */
export const scopeName = (t: SignInT, scope: Permission): string =>
  t(`console-sign-in.scope_${scope.replace('.', '_') as UnderlinedPermission}`)

type Underlined<P extends string> = P extends `${infer A}.${infer B}` ? `${A}_${B}` : never
type UnderlinedPermission = Underlined<Permission>

export function KeyRow({ apiKey: key, mayRevoke }: { apiKey: ApiKey; mayRevoke: boolean }) {
  const t = useSignInT()
  const words = useT()
  const moment = (at: string) => fullMoment(words, at)
  return (
    <RailRow as="li" className={styles.key} margin={<code>…{key.hint}</code>}>
      <div className={styles.about}>
        <p>
          <b>{key.name}</b>
        </p>
        <p>{new Intl.ListFormat(words.locale).format(key.scopes.map((scope) => scopeName(t, scope)))}</p>
        <p className={controls.hint}>
          {key.kind === 'service'
            ? t('console-sign-in.keys_of_service')
            : t('console-sign-in.keys_of_member', { name: key.owner.name })}{' '}
          · {t('console-sign-in.keys_made', { name: key.madeBy, moment: moment(key.createdAt) })} ·{' '}
          {key.usedAt === undefined
            ? t('console-sign-in.keys_unused')
            : t('console-sign-in.keys_used', { moment: moment(key.usedAt), address: key.usedAddress ?? '' })}{' '}
          · {t('console-sign-in.keys_ends', { moment: moment(key.expiresAt) })}
        </p>
        {mayRevoke && <Revoke apiKey={key} />}
      </div>
    </RailRow>
  )
}

/** Asks once more, in place. */
function Revoke({ apiKey: { id, name } }: { apiKey: ApiKey }) {
  const t = useSignInT()
  const words = useT()
  const queryClient = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const revoke = useMutation({
    mutationFn: () => apiKeysApi.revoke(id),
    onSuccess: () => queryClient.invalidateQueries(apiKeysQuery),
  })
  if (!isAsking)
    return (
      <button type="button" className={controls.button} onClick={() => setAsking(true)}>
        {t('console-sign-in.keys_revoke')}
      </button>
    )
  return (
    <>
      <div className={styles.row}>
        <p role="status">{t('console-sign-in.keys_revoke_sure', { name })}</p>
        <button type="button" className={controls.main} disabled={revoke.isPending} onClick={() => revoke.mutate()}>
          {t('console-sign-in.keys_revoke')}
        </button>
        <button type="button" className={controls.button} onClick={() => setAsking(false)}>
          {t('console-sign-in.keep')}
        </button>
      </div>
      {revoke.error !== null && <Trouble>{errorText(words, revoke.error)}</Trouble>}
    </>
  )
}
