import type { ProvisioningConnection, ScimToken } from '@clew/contract/provisioning'

export type Health = 'off' | 'waiting' | 'refused' | 'working'

const soonDays = 30
const dayMs = 86_400_000

export const works = ({ state }: ScimToken): boolean => state === 'active' || state === 'replaced'

/** How a connection is doing, the worst first. */
export function healthOf({ tokens, counts, contactedAt }: ProvisioningConnection): Health {
  if (!tokens.some(works)) return 'off'
  if (contactedAt === undefined) return 'waiting'
  return counts.refusedToday > 0 ? 'refused' : 'working'
}

/** Whether a token ends soon; one that has been replaced may. */
export const endsSoon = ({ state, expiresAt }: ScimToken, now: number): boolean =>
  state === 'active' && Date.parse(expiresAt) - now < soonDays * dayMs

/** The token on which a connection depends, if it ends soon: the one of those that work that lasts longest. */
export function endingToken({ tokens }: ProvisioningConnection, now: number): ScimToken | undefined {
  const lasting = tokens.filter(works).toSorted((a, b) => Date.parse(b.expiresAt) - Date.parse(a.expiresAt))[0]
  return lasting !== undefined && endsSoon(lasting, now) ? lasting : undefined
}

/** A token that was replaced and still works, and the newest that works in its place. */
export function rotationOf(tokens: readonly ScimToken[]): { old: ScimToken; next: ScimToken } | undefined {
  const old = tokens.find(({ state }) => state === 'replaced')
  const next = tokens
    .filter(({ state }) => state === 'active')
    .toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt))[0]
  return old && next && { old, next }
}

const order: readonly Health[] = ['off', 'refused', 'waiting', 'working']

/** The connection that the page has to speak of first. */
export function worstOf(
  connections: readonly ProvisioningConnection[],
  now: number,
): ProvisioningConnection | undefined {
  const rank = (connection: ProvisioningConnection): number =>
    endingToken(connection, now) === undefined ? order.indexOf(healthOf(connection)) + 1 : 0.5
  return connections.toSorted((a, b) => rank(a) - rank(b))[0]
}
