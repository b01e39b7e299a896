import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { type Entered, entranceApi } from '../../app/sign-in/api.ts'
import { useSignInT } from '../../app/sign-in/words.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import styles from './entrance.module.css'
import { Entrance, Field, Problem } from './entrance.tsx'
import { fieldOf } from './use-entrance.ts'

type Props = {
  email: string
  onEntered(entered: Entered): void
  onSent(what: 'link' | 'reset'): void
  onBack(): void
}

/** The password, or a mail instead of it. What is offered says nothing of whether there is such an account. */
export function PasswordStep({ email, onEntered, onSent, onBack }: Props) {
  const t = useSignInT()
  const words = useT()
  const enter = useMutation({
    mutationFn: (password: string) => entranceApi.password(email, password),
    onSuccess: onEntered,
  })
  const link = useMutation({ mutationFn: () => entranceApi.sendLink(email), onSuccess: () => onSent('link') })
  const reset = useMutation({ mutationFn: () => entranceApi.forgotten(email), onSuccess: () => onSent('reset') })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    enter.mutate(fieldOf(new FormData(event.currentTarget), 'password'))
  }
  const failure = enter.error ?? link.error ?? reset.error
  return (
    <Entrance title={words('workspace.sign_in')} lead={email}>
      <form onSubmit={onSubmit}>
        {/* For password managers, which keep the two together. */}
        <input type="hidden" name="email" autoComplete="username" value={email} />
        <Field
          label={words('workspace.password')}
          type="password"
          name="password"
          autoComplete="current-password"
          maxLength={200}
          autoFocus
        />
        {failure !== null && <Problem>{errorText(words, failure)}</Problem>}
        <button type="submit" className={cx(controls.main, controls.large)} disabled={enter.isPending}>
          {words('workspace.sign_in')}
        </button>
      </form>
      <p className={styles.other}>
        <button type="button" className={controls.link} disabled={reset.isPending} onClick={() => reset.mutate()}>
          {t('console-sign-in.forgotten')}
        </button>
        <button type="button" className={controls.link} disabled={link.isPending} onClick={() => link.mutate()}>
          {t('console-sign-in.link_button')}
        </button>
        <button type="button" className={controls.link} onClick={onBack}>
          {t('console-sign-in.other_address')}
        </button>
      </p>
    </Entrance>
  )
}
