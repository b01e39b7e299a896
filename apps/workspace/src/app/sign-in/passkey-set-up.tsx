import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { useT } from '../i18n.tsx'
import controls from '../ui/controls.module.css'
import { factorApi } from './api.ts'
import styles from './factors.module.css'
import { failureText } from './failure-text.ts'
import { Trouble } from './fields.tsx'
import { hasPasskeys, makePasskey } from './passkeys.ts'
import { useSignInT } from './words.ts'

type Props = { onDone(recoveryCodes: readonly string[] | undefined): void }

/** Names a passkey and has the browser make it. */
export function PasskeySetUp({ onDone }: Props) {
  const t = useSignInT()
  const words = useT()
  const id = useId()
  const add = useMutation({
    mutationFn: async (name: string) => factorApi.addPasskey(name, await makePasskey(await factorApi.beginPasskey())),
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const name = String(new FormData(form).get('name') ?? '').trim()
    add.mutate(name, { onSuccess: () => form.reset() })
  }
  if (!hasPasskeys()) return <p className={controls.hint}>{t('console-sign-in.passkey_unable')}</p>
  return (
    <div className={styles.stack}>
      <form onSubmit={onSubmit}>
        <div className={styles.field}>
          <label htmlFor={id} className={controls.label}>
            {t('console-sign-in.passkey_name')}
          </label>
          <input
            id={id}
            name="name"
            className={controls.field}
            required
            maxLength={80}
            autoComplete="off"
            placeholder={t('console-sign-in.passkey_name_example')}
          />
        </div>
        {add.error !== null && <Trouble>{failureText(words, t, add.error)}</Trouble>}
        <button type="submit" className={controls.main} disabled={add.isPending}>
          {t('console-sign-in.passkey_add')}
        </button>
      </form>
    </div>
  )
}
