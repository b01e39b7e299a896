import type { AgentSession } from '@clew/contract/sessions'
import type { SignInStep } from '@clew/contract/sign-in'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { entranceApi } from '../../app/sign-in/api.ts'
import { openStep } from '../../app/sign-in/open-step.ts'
import { SignInWords, useSignInT } from '../../app/sign-in/words.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { Entrance, Field, Problem } from './entrance.tsx'
import { linkToken } from './link-token.ts'
import { fieldOf } from './use-entrance.ts'
import { useEntered } from './use-steps.ts'

type Props = { onDone(session: AgentSession): void; onStep(): void }

/** Where a mailed link leads. Pressed by a person: programs that look at links in mails do not use it up. */
export const LinkPage = (props: Props) => (
  <SignInWords>
    <OpenLink {...props} />
  </SignInWords>
)

function OpenLink({ onDone, onStep }: Props) {
  const t = useSignInT()
  const words = useT()
  const [token] = useState(linkToken)
  const goOn = (step: SignInStep) => {
    openStep.set(step)
    onStep()
  }
  const onEntered = useEntered({ onDone, onStep: goOn })
  const open = useMutation({ mutationFn: () => entranceApi.openLink(token ?? ''), onSuccess: onEntered })
  if (token === undefined) return <Incomplete title={t('console-sign-in.link_title')} />
  return (
    <Entrance title={t('console-sign-in.link_title')} lead={t('console-sign-in.link_lead')}>
      {open.error !== null && (
        <>
          <Problem>{errorText(words, open.error)}</Problem>
          <p>
            <a href="/app/sign-in">{t('console-sign-in.back_to_sign_in')}</a>
          </p>
        </>
      )}
      {open.error === null && (
        <button
          type="button"
          className={cx(controls.main, controls.large)}
          disabled={open.isPending}
          onClick={() => open.mutate()}
        >
          {words('workspace.sign_in')}
        </button>
      )}
    </Entrance>
  )
}

/** A new password by a mailed link. */
export const NewPasswordPage = () => (
  <SignInWords>
    <NewPassword />
  </SignInWords>
)

const shortest = 12

function NewPassword() {
  const t = useSignInT()
  const words = useT()
  const [token] = useState(linkToken)
  const save = useMutation({ mutationFn: (password: string) => entranceApi.reset(token ?? '', password) })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate(fieldOf(new FormData(event.currentTarget), 'password'))
  }
  const title = t('console-sign-in.new_password_title')
  if (token === undefined) return <Incomplete title={title} />
  if (save.isSuccess)
    return (
      <Entrance title={title} lead={t('console-sign-in.new_password_done')}>
        <a className={cx(controls.main, controls.large)} href="/app/sign-in">
          {words('workspace.sign_in')}
        </a>
      </Entrance>
    )
  return (
    <Entrance title={title} lead={t('console-sign-in.new_password_lead')}>
      <form onSubmit={onSubmit}>
        <Field
          label={t('console-sign-in.password_new')}
          hint={t('console-sign-in.password_hint', { count: shortest })}
          type="password"
          name="password"
          autoComplete="new-password"
          minLength={shortest}
          maxLength={200}
        />
        {save.error !== null && <Problem>{errorText(words, save.error)}</Problem>}
        <button type="submit" className={cx(controls.main, controls.large)} disabled={save.isPending}>
          {t('console-sign-in.new_password_save')}
        </button>
      </form>
    </Entrance>
  )
}

function Incomplete({ title }: { title: string }) {
  const t = useSignInT()
  return (
    <Entrance title={title} lead={t('console-sign-in.link_incomplete')}>
      <a href="/app/sign-in">{t('console-sign-in.back_to_sign_in')}</a>
    </Entrance>
  )
}
