import type { OwnSignIn, Passkey } from '@clew/contract/sign-in'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { ownSignInQuery } from '../../app/sign-in/api.ts'
import { Trouble } from '../../app/sign-in/fields.tsx'
import { PasskeySetUp } from '../../app/sign-in/passkey-set-up.tsx'
import { useSignInT } from '../../app/sign-in/words.ts'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { ownApi } from './api.ts'
import { ConfirmButton } from './confirm-button.tsx'
import styles from './own-sign-in.module.css'

type Props = { own: OwnSignIn; onFactor(recoveryCodes: readonly string[] | undefined): void }

export function PasskeysPart({ own, onFactor }: Props) {
  const t = useSignInT()
  return (
    <RailRow
      as="section"
      className={sheet.part}
      margin={own.passkeys.length}
      aria-label={t('console-sign-in.passkeys')}
    >
      <h2>{t('console-sign-in.passkeys')}</h2>
      {own.passkeys.length > 0 && (
        <ul className={styles.list}>
          {own.passkeys.map((passkey) => (
            <Row key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      <p className={controls.hint}>{t('console-sign-in.passkeys_what')}</p>
      <div className={styles.form}>
        <PasskeySetUp onDone={onFactor} />
      </div>
    </RailRow>
  )
}

function Row({ passkey }: { passkey: Passkey }) {
  const t = useSignInT()
  const words = useT()
  const queryClient = useQueryClient()
  const [isRenaming, setRenaming] = useState(false)
  const again = () => queryClient.invalidateQueries(ownSignInQuery)
  const { name, createdAt, usedAt, isSynced } = passkey
  return (
    <li>
      {isRenaming ? (
        <Rename passkey={passkey} onDone={() => setRenaming(false)} />
      ) : (
        <p>
          <b>{name}</b>
        </p>
      )}
      <p className={controls.hint}>
        {t('console-sign-in.passkey_made', { moment: fullMoment(words, createdAt) })} ·{' '}
        {usedAt === undefined
          ? t('console-sign-in.passkey_unused')
          : t('console-sign-in.passkey_used', { moment: fullMoment(words, usedAt) })}{' '}
        · {isSynced ? t('console-sign-in.passkey_synced') : t('console-sign-in.passkey_bound')}
      </p>
      {!isRenaming && (
        <div className={styles.row}>
          <button type="button" className={controls.button} onClick={() => setRenaming(true)}>
            {t('console-sign-in.rename')}
          </button>
          <ConfirmButton
            label={t('console-sign-in.remove')}
            sure={t('console-sign-in.remove_sure', { name })}
            run={() => ownApi.removePasskey(passkey.id)}
            onDone={() => void again()}
          />
        </div>
      )}
    </li>
  )
}

function Rename({ passkey, onDone }: { passkey: Passkey; onDone(): void }) {
  const t = useSignInT()
  const words = useT()
  const id = useId()
  const queryClient = useQueryClient()
  const rename = useMutation({
    mutationFn: (name: string) => ownApi.renamePasskey(passkey.id, name),
    onSuccess: async () => {
      await queryClient.invalidateQueries(ownSignInQuery)
      onDone()
    },
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    rename.mutate(String(new FormData(event.currentTarget).get('name') ?? '').trim())
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <div>
        <label htmlFor={id} className={controls.label}>
          {t('console-sign-in.passkey_name')}
        </label>
        <input id={id} name="name" className={controls.field} required maxLength={80} defaultValue={passkey.name} />
      </div>
      {rename.error !== null && <Trouble>{errorText(words, rename.error)}</Trouble>}
      <div className={styles.row}>
        <button type="submit" className={controls.main} disabled={rename.isPending}>
          {t('console-sign-in.save')}
        </button>
        <button type="button" className={controls.button} onClick={onDone}>
          {t('console-sign-in.cancel')}
        </button>
      </div>
    </form>
  )
}
