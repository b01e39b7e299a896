/** One type of seat, and how many of it are taken or kept. */
export type SeatUse = {
  id: string
  name: string
  limit: number | undefined
  isDefault: boolean
  used: number
  /** Kept for invitations that are out. */
  invited: number
  /** Invitations that wait for one. */
  waiting: number
}

/** How many are free, of those that nobody has and no invitation keeps. */
export const freeSeats = ({ limit, used, invited }: SeatUse): number =>
  limit === undefined ? Number.POSITIVE_INFINITY : Math.max(0, limit - used - invited)

/** Which type is meant: the default one, none, or one by its id. */
export function chosenSeat(
  types: readonly SeatUse[],
  choice: string,
): { seat: SeatUse | undefined; isUnknown: boolean } {
  if (choice === 'none') return { seat: undefined, isUnknown: false }
  if (choice === 'default') return { seat: types.find(({ isDefault }) => isDefault), isUnknown: false }
  const seat = types.find(({ id }) => id === choice)
  return { seat, isUnknown: seat === undefined }
}

export function totalSeats(types: readonly SeatUse[]): { used: number; invited: number; limit: number | null } | null {
  if (types.length === 0) return null
  const add = (of: (type: SeatUse) => number) => types.reduce((sum, each) => sum + of(each), 0)
  return {
    used: add(({ used }) => used),
    invited: add(({ invited }) => invited),
    limit: types.some(({ limit }) => limit === undefined) ? null : add(({ limit }) => limit ?? 0),
  }
}
