import type { Foundation, Parts } from './compose-foundation.ts'
import { signInNameOf } from './domains/assistant/index.ts'
import type { IdentityParts } from './domains/contacts/index.ts'
import { findOwnerOfNumber } from './domains/conversations/index.ts'
import { provisioning } from './domains/provisioning/index.ts'
import { signIn } from './domains/sign-in/index.ts'
import { type SsoParts, singleSignOn, singleSignOnPort } from './domains/single-sign-on/index.ts'
import { createCtx } from './platform/ctx.ts'
import type { Domain, People } from './platform/domain.ts'
import { moveEvents } from './platform/people.repository.ts'
import { ssoParts } from './sso-parts.ts'

/** Who somebody is: by what they show here, or by who vouches for them. */
export function identityRooms(parts: Parts, base: Foundation, sso: Sso): readonly Domain[] {
  const { clock, database, jobs, log, baseUrl } = parts
  const { asSystem, newCtx, brand } = base
  return [
    signIn({
      brand,
      baseUrl,
      seal: base.seal,
      jobs,
      asSystem,
      session: parts.session,
      newCtx,
      log,
      streams: parts.streams,
      sso: singleSignOnPort({ asSystem, baseUrl }),
    }),
    singleSignOn(sso),
    provisioning({
      brand,
      baseUrl,
      log,
      newCtx: (more) => createCtx(database, { ...more, locale: 'en', clock }),
    }),
  ]
}

export type Sso = ReturnType<typeof ssoParts>

/** What single sign-on is built from. What it asks of rooms above it is asked for when somebody is there. */
export const ssoOf = (parts: Parts, base: Foundation, rooms: () => readonly Domain[]): Sso =>
  ssoParts({
    ...parts,
    ...base,
    provisionedBy: async (tx, organisationId) => {
      const room = rooms().find(({ name }) => name === 'provisioning')
      const names = await room?.members?.connections?.(tx, organisationId)
      return names === undefined ? undefined : [...names.values()][0]
    },
    signInNameOfCase,
  })

const signInNameOfCase: SsoParts['signInNameOfCase'] = async (tx, { number, within }) => {
  const found = await findOwnerOfNumber(tx, number)
  if (found === undefined || (within !== undefined && found.organisationId !== within)) return undefined
  return signInNameOf(tx, found)
}

/** Who contacts are, by what their host page proves. */
export const identityParts = (parts: Parts, { seal }: Foundation, people: () => readonly People[]): IdentityParts => ({
  seal,
  audience: parts.baseUrl,
  join: async (tx, pair) => {
    for (const room of people()) await room.join?.(tx, pair)
    await moveEvents(tx, pair)
  },
  hasAnything: async (tx, contactId) => {
    for (const room of people())
      if (Object.values((await room.count?.(tx, contactId)) ?? {}).some((count) => count > 0)) return true
    return false
  },
})
