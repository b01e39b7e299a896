import type { ConversationId } from '@clew/contract/primitives'
import { AppError } from '../../platform/app-error.ts'

type Listed = { at: Date; id: ConversationId }

/** Where a page of a list ends: its last conversation, and the time that it stands in the list by. */
export const cursorOf = ({ at, id }: Listed): string => `${at.getTime()}_${id}`

export function readCursor(cursor: string): { at: Date; id: ConversationId } {
  const [, ms, id] = /^(\d{10,14})_([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (ms === undefined || id === undefined) throw new AppError('input.invalid', { field: 'cursor' })
  return { at: new Date(Number(ms)), id: id as ConversationId }
}
