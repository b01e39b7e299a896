import type { MemberFigures } from '@clew/contract/members'
import { useQuery } from '@tanstack/react-query'
import { useSession } from '../../app/session.ts'
import { figuresQuery } from './api.ts'
import { InviteBox } from './invite-box.tsx'
import { JoinRequests } from './join-requests.tsx'
import { Lead } from './lead.tsx'
import { OpenInvitations } from './open-invitations.tsx'
import { Head, Page, Pending } from './page.tsx'
import { PeopleList } from './people-list.tsx'
import { SeatSquares } from './seat-squares.tsx'
import { type MembersT, useMembersT } from './words.ts'

/** The people of the organisation, their seats, and the way in for new ones. */
export function Screen() {
  return (
    <Page>
      <Whole />
    </Page>
  )
}

function Whole() {
  const t = useMembersT()
  const { organisation, permissions } = useSession()
  const { data, error, refetch } = useQuery(figuresQuery)
  const seats = data?.seats
  const mayInvite = permissions.includes('members.invite')
  return (
    <>
      <Head
        title={t('console-members.members_title')}
        margin={data && marginOf(t, data)}
        lead={data ? <Lead figures={data} organisation={organisation.name} /> : t('console-members.loading')}
      >
        {seats && <SeatSquares seats={seats} />}
      </Head>
      {error !== null && <Pending error={error} onRetry={() => void refetch()} />}
      {mayInvite && <InviteBox />}
      {mayInvite && <JoinRequests />}
      <PeopleList figures={data} />
      {mayInvite && (data?.invitations ?? 0) > 0 && <OpenInvitations />}
    </>
  )
}

function marginOf(t: MembersT, { seats, members }: MemberFigures): string | number {
  if (!seats || seats.limit === null) return members
  return t('console-members.margin_seats', { used: seats.used, limit: seats.limit })
}
