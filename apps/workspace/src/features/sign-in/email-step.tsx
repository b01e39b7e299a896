import type { SignInStart } from '@clew/contract/sign-in'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { api } from '../../app/api.ts'
import { useT } from '../../app/i18n.tsx'
import { type Entered, entranceApi } from '../../app/sign-in/api.ts'
import { failureText } from '../../app/sign-in/failure-text.ts'
import { hasPasskeys, usePasskey } from '../../app/sign-in/passkeys.ts'
import { useSignInT } from '../../app/sign-in/words.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import styles from './entrance.module.css'
import { Entrance, Field, Problem } from './entrance.tsx'
import { fieldOf } from './use-entrance.ts'

type Props = {
  expired: boolean
  /** Somebody comes for a new password. */
  asks: 'reset' | undefined
  onEntered(entered: Entered): void
  onKnown(email: string, start: SignInStart): void
  onSent(email: string): void
}

function useEmailStep({ asks, onEntered, onKnown, onSent }: Omit<Props, 'expired'>) {
  const setup = useQuery({ queryKey: ['setup'], queryFn: api.setupState, retry: false })
  const start = useMutation({
    mutationFn: async (email: string) =>
      asks === 'reset' ? entranceApi.forgotten(email).then(() => undefined) : entranceApi.start(email),
    onSuccess: (found, email) => (found === undefined ? onSent(email) : onKnown(email, found)),
  })
  const passkey = useMutation({
    mutationFn: async () => entranceApi.passkey(await usePasskey(await entranceApi.askPasskey())),
    onSuccess: onEntered,
  })
  return { setup, start, passkey }
}

/** Who it is. A passkey says that by itself. */
export function EmailStep({ expired, asks, onEntered, onKnown, onSent }: Props) {
  const t = useSignInT()
  const words = useT()
  const { setup, start, passkey } = useEmailStep({ asks, onEntered, onKnown, onSent })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    start.mutate(fieldOf(new FormData(event.currentTarget), 'email').trim())
  }
  const lead = expired ? words('workspace.sign_in_expired') : words('workspace.sign_in_lead')
  const failure = start.error ?? passkey.error
  return (
    <Entrance
      title={asks === 'reset' ? t('console-sign-in.forgotten_title') : words('workspace.sign_in')}
      lead={
        asks === 'reset'
          ? t('console-sign-in.forgotten_lead')
          : setup.data?.needed
            ? words('workspace.sign_in_setup_needed')
            : lead
      }
    >
      <form onSubmit={onSubmit}>
        <Field
          label={words('workspace.email')}
          type="email"
          name="email"
          autoComplete="username webauthn"
          maxLength={254}
        />
        {failure !== null && <Problem>{failureText(words, t, failure)}</Problem>}
        <button type="submit" className={cx(controls.main, controls.large)} disabled={start.isPending}>
          {asks === 'reset' ? t('console-sign-in.forgotten_send') : words('workspace.sign_in_continue')}
        </button>
      </form>
      {asks === 'reset' ? (
        <p className={styles.other}>
          <a href="/app/sign-in">{t('console-sign-in.back_to_sign_in')}</a>
        </p>
      ) : (
        hasPasskeys() && (
          <p className={styles.other}>
            <button
              type="button"
              className={cx(controls.button, controls.large)}
              disabled={passkey.isPending}
              onClick={() => passkey.mutate()}
            >
              {t('console-sign-in.passkey_button')}
            </button>
          </p>
        )
      )}
    </Entrance>
  )
}
