import type { Locale } from '@clew/contract/primitives'
import { type Fact, type FactOf, readTypedMoment, type TimestampValue } from '@clew/intake'

/** Whose words they are, as far as it matters for a moment: `timeZone` is the person's own. */
export type Teller = { locale: Locale; timeZone: string | undefined }

/**
 * A moment that was typed into a field, or that a flow's button stands for, is only words so far. Here it is read, as one
 * in a message is: "yesterday at 17:00" is known to the minute. What cannot be understood stays words.
 */
export const withMomentsRead = (known: readonly Fact[], found: readonly Fact[], teller: Teller): Fact[] =>
  found.map((fact) => (isOnlyWords(fact) ? withMomentRead(known, fact, teller) : fact))

const isOnlyWords = (fact: Fact): fact is FactOf<'timestamps'> => fact.field === 'timestamps' && !isRead(fact.value)

const isRead = ({ utc, local, unclear }: TimestampValue): boolean =>
  utc !== undefined || local !== undefined || unclear !== undefined

function withMomentRead(known: readonly Fact[], fact: FactOf<'timestamps'>, { locale, timeZone }: Teller): Fact {
  const { said, zone = timeZone } = fact.value
  const now = new Date(fact.at)
  return { ...fact, ...readTypedMoment(said, { locale, now, known, ...(zone === undefined ? {} : { zone }) }) }
}
