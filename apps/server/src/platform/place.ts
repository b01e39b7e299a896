import { Position } from '@clew/contract/primitives'
import { AppError } from './app-error.ts'
import type { Place } from './event-log.repository.ts'

/** A place as clients carry it: `epoch-xid-id`. */
export const positionOf = ({ epoch, xid, id }: Place): Position => `${epoch}-${xid}-${id}` as Position

const maxBigint = 9223372036854775807n
const maxXid = 18446744073709551615n

/** Reads a position a client sent. Throws `stream.position_invalid` for anything we cannot have written. */
export function placeOf(position: string): Place {
  if (!Position.safeParse(position).success) throw new AppError('stream.position_invalid')
  const [epoch = '', xid = '', id = ''] = position.split('-')
  if (Number(epoch) > 2147483647 || BigInt(xid) > maxXid || BigInt(id) > maxBigint)
    throw new AppError('stream.position_invalid')
  return { epoch: Number(epoch), xid, id }
}

export function comparePlaces(a: Place, b: Place): number {
  if (a.epoch !== b.epoch) return a.epoch - b.epoch
  const byXid = BigInt(a.xid) - BigInt(b.xid)
  if (byXid !== 0n) return byXid < 0n ? -1 : 1
  const byId = BigInt(a.id) - BigInt(b.id)
  return byId === 0n ? 0 : byId < 0n ? -1 : 1
}
