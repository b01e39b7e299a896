import type { OwnSession } from '@clew/contract/sign-in'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { Trouble } from '../../app/sign-in/fields.tsx'
import { type SignInT, useSignInT } from '../../app/sign-in/words.ts'
import { fullMoment } from '../../app/times.ts'
import { showToast } from '../../app/toasts.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import { ownApi, sessionsQuery } from './api.ts'
import { browserName } from './browser-name.ts'
import styles from './own-sign-in.module.css'

/** Where somebody is signed in, each of which they can end. */
export function SessionsPart() {
  const t = useSignInT()
  const words = useT()
  const { data, error, refetch } = useQuery(sessionsQuery)
  const others = useMutation({
    mutationFn: ownApi.endOthers,
    onSuccess: ({ ended }) => {
      showToast({ text: t('console-sign-in.sessions_ended', { count: ended }) })
      void refetch()
    },
  })
  return (
    <RailRow
      as="section"
      className={sheet.part}
      margin={data?.sessions.length}
      aria-label={t('console-sign-in.sessions')}
    >
      <h2>{t('console-sign-in.sessions')}</h2>
      {error !== null && <Trouble>{errorText(words, error)}</Trouble>}
      {data === undefined && error === null && <Bones widths={[60, 50]} />}
      <ul className={styles.list}>
        {data?.sessions.map((session) => (
          <Row key={session.id} session={session} />
        ))}
      </ul>
      {others.error !== null && <Trouble>{errorText(words, others.error)}</Trouble>}
      {data !== undefined && data.sessions.length > 1 && (
        <button type="button" className={controls.button} disabled={others.isPending} onClick={() => others.mutate()}>
          {t('console-sign-in.sessions_end_others')}
        </button>
      )}
    </RailRow>
  )
}

function nameOf(t: SignInT, { userAgent }: OwnSession): string {
  const name = browserName(userAgent)
  if (name === undefined) return userAgent?.slice(0, 60) ?? t('console-sign-in.session_unknown')
  return name.system === undefined
    ? name.browser
    : t('console-sign-in.session_browser', { browser: name.browser, system: name.system })
}

function Row({ session }: { session: OwnSession }) {
  const t = useSignInT()
  const words = useT()
  const queryClient = useQueryClient()
  const end = useMutation({
    mutationFn: () => ownApi.endSession(session.id),
    onSettled: () => queryClient.invalidateQueries(sessionsQuery),
  })
  const name = nameOf(t, session)
  const methods = new Intl.ListFormat(words.locale).format(
    session.methods.map((method) => t(`console-sign-in.method_${method}`)),
  )
  const moment = (at: string) => fullMoment(words, at)
  return (
    <li>
      <div className={styles.row}>
        <b>{name}</b>
        {session.address !== undefined && <code>{session.address}</code>}
        {session.isThisOne && (
          <Status shape="ok" tone="ok">
            {t('console-sign-in.session_this')}
          </Status>
        )}
      </div>
      <p className={controls.hint}>
        {t('console-sign-in.session_seen', { moment: moment(session.seenAt) })} ·{' '}
        {t('console-sign-in.session_since', { moment: moment(session.createdAt), methods })} ·{' '}
        {t('console-sign-in.session_ends', { moment: moment(session.expiresAt) })}
      </p>
      {!session.isThisOne && (
        <button
          type="button"
          className={controls.button}
          aria-label={t('console-sign-in.session_end_named', { name })}
          disabled={end.isPending}
          onClick={() => end.mutate()}
        >
          {t('console-sign-in.session_end')}
        </button>
      )}
      {end.error !== null && <Trouble>{errorText(words, end.error)}</Trouble>}
    </li>
  )
}
