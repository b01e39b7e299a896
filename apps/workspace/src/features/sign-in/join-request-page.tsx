import type { JoinConfirmed } from '@clew/contract/members'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { http } from '../../app/api.ts'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import styles from './entrance.module.css'
import { Entrance, Field, Problem } from './entrance.tsx'
import { JoiningWords, useJoiningT } from './joining-words.ts'
import { linkToken } from './link-token.ts'
import { fieldOf } from './use-entrance.ts'

/** Asks an organisation to be let in; with the link of the letter, proves that the address is one's own. */
export function JoinRequestPage({ organisation }: { organisation: string }) {
  const [token] = useState(linkToken)
  return (
    <JoiningWords>{token === undefined ? <Ask organisation={organisation} /> : <Confirm token={token} />}</JoiningWords>
  )
}

function Ask({ organisation }: { organisation: string }) {
  const t = useJoiningT()
  const words = useT()
  const ask = useMutation({
    mutationFn: (form: FormData) =>
      http.request<object>('POST', '/join-requests', {
        body: {
          organisation: fieldOf(form, 'organisation').trim(),
          name: fieldOf(form, 'name').trim(),
          email: fieldOf(form, 'email').trim(),
          message: fieldOf(form, 'message').trim(),
          locale: words.locale,
        },
      }),
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    ask.mutate(new FormData(event.currentTarget))
  }
  return (
    <Entrance title={t('console-members.join_title')} lead={t('console-members.join_lead')}>
      {ask.isSuccess ? (
        <p role="status">{t('console-members.join_asked')}</p>
      ) : (
        <form onSubmit={onSubmit}>
          <Field
            label={t('console-members.join_organisation')}
            type="text"
            name="organisation"
            autoComplete="off"
            maxLength={63}
            defaultValue={organisation}
          />
          <Field label={words('workspace.your_name')} type="text" name="name" autoComplete="name" maxLength={120} />
          <Field
            label={t('console-members.join_email')}
            type="email"
            name="email"
            autoComplete="email"
            maxLength={254}
          />
          <label className={cx(styles.field, styles.whole)}>
            <span className={controls.label}>{t('console-members.join_message')}</span>
            <textarea className={controls.field} name="message" rows={3} maxLength={1000} />
          </label>
          {ask.error !== null && <Problem>{errorText(words, ask.error)}</Problem>}
          <button type="submit" className={cx(controls.main, controls.large)} disabled={ask.isPending}>
            {t('console-members.join_ask')}
          </button>
        </form>
      )}
    </Entrance>
  )
}

/** By a button: programs that look through mail open links too. */
function Confirm({ token }: { token: string }) {
  const t = useJoiningT()
  const words = useT()
  const confirm = useMutation({
    mutationFn: () => http.request<JoinConfirmed>('POST', '/join-requests/confirm', { body: { token } }),
  })
  return (
    <Entrance title={t('console-members.confirm_title')} lead={t('console-members.confirm_lead')}>
      {confirm.data ? (
        <p role="status">{t(`console-members.confirm_${confirm.data.state}`)}</p>
      ) : (
        <>
          {confirm.error !== null && <Problem>{errorText(words, confirm.error)}</Problem>}
          <button
            type="button"
            className={cx(controls.main, controls.large)}
            disabled={confirm.isPending}
            onClick={() => confirm.mutate()}
          >
            {t('console-members.confirm_now')}
          </button>
        </>
      )}
    </Entrance>
  )
}
