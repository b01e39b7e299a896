import { fresh, type Seed } from './checks.ts'
import { groupSchemaId, memberIds } from './client.ts'

let groups = 0
export const groupBody = (rest: object = {}) => ({
  schemas: [groupSchemaId],
  displayName: `check ${++groups}`,
  ...rest,
})
type Change = (seed: Seed, id: string) => ReturnType<Seed['scim']['get']>
/** Does something to a user of its own. */
export const onUser = (rest: object, change: Change) => async (seed: Seed) => {
  const { id } = await seed.scim.user(fresh(), rest)
  const reply = await change(seed, id)
  // An address that other checks give as well is given back.
  if ('emails' in rest) await seed.scim.remove(`/Users/${id}`)
  return reply
}
export const onGroup =
  (change: Change, members: (seed: Seed) => string[] = () => []) =>
  async (seed: Seed) =>
    change(seed, (await seed.scim.group(`check ${++groups}`, members(seed))).id)
export const patchUser = (operations: unknown, rest: object = {}) =>
  onUser(rest, ({ scim }, id) => scim.patch(`/Users/${id}`, operations))
export const both = ({ ada, bob }: Seed) => [ada.id, bob.id]
/** A PATCH of a group, and the group after it. */
export const patchGroup = (operations: (seed: Seed) => unknown, members = both) =>
  onGroup(async (seed, id) => {
    const patched = await seed.scim.patch(`/Groups/${id}`, operations(seed))
    return patched.status >= 400 ? patched : seed.scim.get(`/Groups/${id}`)
  }, members)
export const hasMembers =
  (wanted: (seed: Seed) => string[]) =>
  ({ body }: { body: { members?: { value: string }[] } }, seed: Seed) =>
    memberIds(body).toSorted().join() === wanted(seed).toSorted().join()
