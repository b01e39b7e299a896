import type { OrganisationDomain } from '@clew/contract/domains'
import type { Translate } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import type { DomainsT } from './words.ts'

const day = (words: Translate, at: string): string =>
  words.format.date(at, { day: 'numeric', month: 'long', year: 'numeric' })

/** What the state of a domain means, and what is known of it. */
export function sentencesOf(t: DomainsT, words: Translate, domain: OrganisationDomain): string[] {
  const { members } = domain
  switch (domain.state) {
    case 'verified':
      return [
        t('console-domains.since', { date: day(words, domain.verifiedAt ?? domain.createdAt), members }),
        ...answerOf(t, words, domain),
      ]
    case 'waiting':
      return [
        ...answerOf(t, words, domain),
        t('console-domains.offer', {
          next: domain.nextCheckAt === undefined ? '–' : fullMoment(words, domain.nextCheckAt),
          end: day(words, domain.offerEndsAt),
        }),
      ]
    case 'lost':
      return [
        t('console-domains.lost', {
          date: day(words, domain.lostAt ?? domain.createdAt),
          day: domain.day ?? 1,
          end: day(words, domain.stopsCountingAt ?? domain.createdAt),
          members,
        }),
        ...answerOf(t, words, domain),
      ]
    case 'disputed':
      return [t('console-domains.disputed')]
    case 'expired':
      return [t(domain.isKeptByAnother ? 'console-domains.kept_by_another' : 'console-domains.expired', { members })]
  }
}

/** What its name servers last said. */
function answerOf(t: DomainsT, words: Translate, { lastAnswer, checkedAt, state }: OrganisationDomain): string[] {
  if (checkedAt === undefined || lastAnswer === undefined)
    return state === 'waiting' ? [t('console-domains.not_looked')] : []
  if (lastAnswer === 'found')
    return state === 'verified' ? [t('console-domains.answer_found', { moment: fullMoment(words, checkedAt) })] : []
  return [t(`console-domains.answer_${lastAnswer}`, { moment: fullMoment(words, checkedAt) })]
}
