import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { Entrance, Field, Problem } from './entrance.tsx'
import { linkToken } from './link-token.ts'
import { fieldOf, useEntrance } from './use-entrance.ts'

const shortestPassword = 12

/** Makes the first owner, with the one-time link printed at the start. */
export function SetUpPage({ onDone }: { onDone(): void }) {
  const t = useT()
  const [token] = useState(linkToken)
  const { onSubmit, busy, error } = useEntrance(
    (form) =>
      api.setUpOwner({
        token: token ?? '',
        name: fieldOf(form, 'name').trim(),
        email: fieldOf(form, 'email').trim(),
        password: fieldOf(form, 'password'),
      }),
    onDone,
  )
  // A link that was used leads to signing in, not to a form that can only be refused.
  const { data: state } = useQuery({ queryKey: ['setup'], queryFn: api.setupState, retry: false })
  if (state?.needed === false) return <NoToken title={t('workspace.set_up')} lead={t('workspace.set_up_done')} />
  if (token === undefined) return <NoToken title={t('workspace.set_up')} lead={t('workspace.set_up_no_token')} />
  return (
    <Entrance title={t('workspace.set_up')} lead={t('workspace.set_up_lead')}>
      <form onSubmit={onSubmit}>
        <Field label={t('workspace.your_name')} type="text" name="name" autoComplete="name" maxLength={120} />
        <Field label={t('workspace.email')} type="email" name="email" autoComplete="username" maxLength={254} />
        <NewPassword />
        {error !== null && <Problem>{errorText(t, error)}</Problem>}
        <button type="submit" className={cx(controls.main, controls.large)} disabled={busy}>
          {t('workspace.set_up_button')}
        </button>
      </form>
    </Entrance>
  )
}

/** Accepts an invitation: a name and a password, and the new member is in. */
export function JoinPage({ onDone }: { onDone(): void }) {
  const t = useT()
  const [token] = useState(linkToken)
  const { onSubmit, busy, error } = useEntrance(
    (form) =>
      api.acceptInvitation({
        token: token ?? '',
        name: fieldOf(form, 'name').trim(),
        password: fieldOf(form, 'password'),
      }),
    onDone,
  )
  if (token === undefined) return <NoToken title={t('workspace.join')} lead={t('workspace.join_no_token')} />
  return (
    <Entrance title={t('workspace.join')} lead={t('workspace.join_lead')}>
      <form onSubmit={onSubmit}>
        <Field label={t('workspace.your_name')} type="text" name="name" autoComplete="name" maxLength={120} />
        <NewPassword />
        {error !== null && <Problem>{errorText(t, error)}</Problem>}
        <button type="submit" className={cx(controls.main, controls.large)} disabled={busy}>
          {t('workspace.join_button')}
        </button>
      </form>
    </Entrance>
  )
}

function NewPassword() {
  const t = useT()
  return (
    <Field
      label={t('workspace.password_new')}
      hint={t('workspace.password_hint', { count: shortestPassword })}
      type="password"
      name="password"
      autoComplete="new-password"
      minLength={shortestPassword}
      maxLength={200}
    />
  )
}

function NoToken({ title, lead }: { title: string; lead: string }) {
  const t = useT()
  return (
    <Entrance title={title} lead={lead}>
      <a href="/app/sign-in">{t('workspace.sign_in')}</a>
    </Entrance>
  )
}
