import type { OrganisationSignIn } from '@clew/contract/team-organisations'
import { useQuery } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { signInOfQuery } from './api.ts'
import { Sentences, StateWord } from './connections.tsx'
import { DomainLine } from './domain-line.tsx'
import styles from './sso.module.css'
import { CauseWords, type SsoT, SsoWords, useSsoT } from './words.ts'

/** For the support team: how the people of a customer's organisation sign in. */
export function OrganisationSignInPart({ organisationId }: { organisationId: string }) {
  return (
    <SsoWords waiting={<Bones widths={[50, 40]} />}>
      <CauseWords>
        <Part organisationId={organisationId} />
      </CauseWords>
    </SsoWords>
  )
}

function Part({ organisationId }: { organisationId: string }) {
  const t = useSsoT()
  const words = useT()
  const { data, error, refetch } = useQuery(signInOfQuery(organisationId))
  return (
    <section className={styles.part} aria-labelledby="sign-in-title">
      <RailRow
        className={styles.title}
        margin={data && t('console-sso.ready_of', { ready: data.ready, members: data.members })}
      >
        <h2 id="sign-in-title">{t('console-sso.team_sign_in')}</h2>
        {error !== null && (
          <p role="alert">
            {errorText(words, error)}{' '}
            <button type="button" className={controls.link} onClick={() => void refetch()}>
              {words('workspace.try_again')}
            </button>
          </p>
        )}
        {data === undefined && error === null && <Bones widths={[55, 40]} />}
        {data && <p className={styles.sentence}>{requirementOf(t, data)}</p>}
      </RailRow>
      <ul>
        {data?.connections.map((connection) => (
          <RailRow
            key={connection.id}
            as="li"
            className={styles.line}
            margin={<StateWord connection={connection} />}
            aria-label={connection.name}
          >
            <div className={styles.head}>
              <b>{connection.name}</b>
              <span className={styles.tag}>{t(`console-sso.kind_${connection.kind}`)}</span>
              <span className={styles.push}>{connection.domains.join(', ')}</span>
            </div>
            <Sentences connection={connection} />
          </RailRow>
        ))}
        {data?.domains.map((domain) => (
          <DomainLine key={domain.name} domain={domain} />
        ))}
      </ul>
    </section>
  )
}

function requirementOf(t: SsoT, signIn: OrganisationSignIn): string {
  const { isRequired, requiredAt, graceEndsAt, breakGlass, connections, domains } = signIn
  if (connections.length === 0)
    return t(domains.length === 0 ? 'console-sso.team_nothing' : 'console-sso.team_no_connection')
  if (!isRequired || requiredAt === undefined) return t('console-sso.team_not_required', { breakGlass })
  const day = (at: string) => t.format.date(at, { dateStyle: 'long' })
  return t('console-sso.team_required', { since: day(graceEndsAt ?? requiredAt), breakGlass })
}
