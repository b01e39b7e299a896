import { DnsAnswer, type OrganisationDomain } from '@clew/contract/domains'
import { shownName } from './domain-names.ts'
import { challengeName, challengeText, type DomainRow, dayOfLoss, stopsCountingAt } from './model.domains.ts'

/** What `last_answer` says when the support team has decided against a claim. */
export const keptByAnother = 'kept_by_another'

export function domainView(row: DomainRow, { members, now }: { members: number; now: Date }): OrganisationDomain {
  const answer = DnsAnswer.safeParse(row.lastAnswer)
  return {
    id: row.id,
    name: row.name,
    shownName: shownName(row.name),
    state: row.state,
    coversSubdomains: row.coversSubdomains,
    joinsByItself: row.joinsByItself,
    record: { at: challengeName(row.name), says: challengeText(row.token) },
    createdAt: row.createdAt.toISOString(),
    offerEndsAt: row.offerEndsAt.toISOString(),
    ...at('verifiedAt', row.verifiedAt),
    ...at('checkedAt', row.checkedAt),
    ...at('nextCheckAt', row.nextCheckAt),
    ...(answer.success ? { lastAnswer: answer.data } : {}),
    ...at('lostAt', row.lostAt),
    ...(row.lostAt === undefined
      ? {}
      : { stopsCountingAt: stopsCountingAt(row.lostAt).toISOString(), day: dayOfLoss(row.lostAt, now) }),
    members,
    isKeptByAnother: row.lastAnswer === keptByAnother,
  }
}

const at = <N extends string>(name: N, moment: Date | undefined): { [K in N]?: string } =>
  moment === undefined ? {} : ({ [name]: moment.toISOString() } as { [K in N]: string })
