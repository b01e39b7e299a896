/** The place of an event. Ordered by epoch, then the transaction that wrote it, then its id. */
export type Place = { epoch: number; xid: string; id: string }

export function comparePlaces(a: Place, b: Place): number {
  if (a.epoch !== b.epoch) return a.epoch - b.epoch
  const byXid = BigInt(a.xid) - BigInt(b.xid)
  if (byXid !== 0n) return byXid < 0n ? -1 : 1
  const byId = BigInt(a.id) - BigInt(b.id)
  return byId === 0n ? 0 : byId < 0n ? -1 : 1
}

export const laterPlace = (a: Place, b: Place): Place => (comparePlaces(a, b) >= 0 ? a : b)
