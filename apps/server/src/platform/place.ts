import { Position } from '@clew/contract/primitives'
import { AppError } from './app-error.ts'
import type { Place } from './place-order.ts'

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
