import type { OrganisationView } from '@clew/contract/members'
import type { OrganisationFigures } from '@clew/contract/team-organisations'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { organisationFiguresQuery, organisationQuery } from './api.ts'
import { Lead } from './lead.tsx'
import styles from './members.module.css'
import { OrganisationActions } from './organisation-actions.tsx'
import { OrganisationPeople } from './organisation-people.tsx'
import { Head, Pending } from './page.tsx'
import { SeatSquares } from './seat-squares.tsx'
import { MembersWords, useMembersT } from './words.ts'

/** Whether there is such a customer; the rest of its page is only asked for then. */
export const useIsCustomer = (organisationId: string): boolean =>
  useQuery(organisationQuery(organisationId)).data?.kind === 'customer'

/** For the support team: what an organisation is, how it stands, and what the team changes of it. */
export function OrganisationHead({ organisationId }: { organisationId: string }) {
  return (
    <MembersWords waiting={<Bones widths={[40, 60]} />}>
      <Whole organisationId={organisationId} />
    </MembersWords>
  )
}

/** Its people, and from each of them the way to why they do not get in. */
export function OrganisationMembers(props: { organisationId: string; onAsk(email: string): void }) {
  return (
    <MembersWords waiting={<Bones widths={[40, 60]} />}>
      <OrganisationPeople {...props} />
    </MembersWords>
  )
}

function Whole({ organisationId }: { organisationId: string }) {
  const t = useMembersT()
  const { data, error, refetch } = useQuery(organisationQuery(organisationId))
  const { data: figures } = useQuery({
    ...organisationFiguresQuery(organisationId),
    enabled: data?.kind === 'customer',
  })
  return (
    <>
      <Head
        title={data?.name ?? t('console-members.orgs_title')}
        margin={
          <Link to="/console/organisations" className={controls.link}>
            {t('console-members.org_all')}
          </Link>
        }
        lead={error === null && <LeadOf organisation={data} figures={figures} />}
      >
        {data && <p className={controls.hint}>{factsOf(t, data).join(' · ')}</p>}
        {figures?.seats && <SeatSquares seats={figures.seats} />}
        {data && <OrganisationActions organisation={data} isHead />}
      </Head>
      {error !== null && <Pending error={error} onRetry={() => void refetch()} />}
      {figures && figures.seatTypes.length > 1 && <Seats types={figures.seatTypes} />}
    </>
  )
}

type LeadProps = { organisation: OrganisationView | undefined; figures: OrganisationFigures | undefined }

function LeadOf({ organisation, figures }: LeadProps) {
  const t = useMembersT()
  if (organisation === undefined || figures === undefined) return t('console-members.loading')
  return <Lead figures={figures} organisation={organisation.name} />
}

function factsOf(t: ReturnType<typeof useMembersT>, { slug, region, owners, createdAt }: OrganisationView): string[] {
  return [
    slug,
    ...(region === null ? [] : [region]),
    owners === 0 ? t('console-members.org_no_owner') : t('console-members.org_owners', { count: owners }),
    t('console-members.org_since', { date: t.format.date(createdAt, { dateStyle: 'medium' }) }),
  ]
}

function Seats({ types }: { types: OrganisationFigures['seatTypes'] }) {
  const t = useMembersT()
  return (
    <RailRow as="section" className={sheet.part} aria-labelledby="seats-title">
      <h2 id="seats-title">{t('console-members.seats')}</h2>
      <ul className={styles.lines}>
        {types.map(({ id, name, used, limit, waiting }) => (
          <li key={id} className={styles.line}>
            <b>{name}</b>
            <span className={controls.hint}>
              {limit === null
                ? t('console-members.lead_seats_free', { used })
                : t('console-members.seat_use', { used, limit })}
              {waiting > 0 && ` · ${t('console-members.org_waiting', { count: waiting })}`}
            </span>
          </li>
        ))}
      </ul>
    </RailRow>
  )
}
