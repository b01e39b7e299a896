import type { MemberFigures } from '@clew/contract/members'
import { type MembersT, useMembersT } from './words.ts'

/** What the page means, in sentences; what is nothing is not said. */
export function Lead({ figures, organisation }: { figures: MemberFigures; organisation: string }) {
  const t = useMembersT()
  return (
    <>
      <b>{firstOf(t, figures, organisation)}</b>{' '}
      {[
        ...figures.provisioned.map(({ name, members }) =>
          t('console-members.lead_provisioned', {
            count: members,
            connection: name || t('console-members.lead_directory'),
          }),
        ),
        ...(figures.invitations > 0 ? [t('console-members.lead_invitations', { count: figures.invitations })] : []),
        ...(figures.joinRequests > 0 ? [t('console-members.lead_requests', { count: figures.joinRequests })] : []),
        ...(figures.cannotSignIn > 0 ? [t('console-members.lead_cannot', { count: figures.cannotSignIn })] : []),
      ].join(' ')}
    </>
  )
}

function firstOf(t: MembersT, { seats, members }: MemberFigures, organisation: string): string {
  if (seats === null) return t('console-members.lead_people', { count: members, organisation })
  const { used, limit } = seats
  if (limit === null) return t('console-members.lead_seats_free', { used })
  return t('console-members.lead_seats', { used, limit })
}
