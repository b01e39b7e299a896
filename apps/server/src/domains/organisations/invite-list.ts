import { maxInvitedAtOnce } from '@clew/contract/members'
import { CsvError, parse } from 'csv-parse/sync'
import { z } from 'zod'
import { AppError } from '../../platform/app-error.ts'
import type { AskedPerson } from './model.invite-plan.ts'

const address = z.email().max(254)
const addressIn = (email: string) => ({ email, isAddress: address.safeParse(email).success })

/** Addresses as people paste them: by lines, commas or semicolons, alone or as `Name <address>`. */
export function readPaste(text: string): AskedPerson[] {
  const people = text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .flatMap((line, i) => piecesOf(line).map((piece) => personOf(piece, i + 1)))
  refuseTooMany(people.length)
  return people
}

/** A comma within quotation marks belongs to a name. */
function piecesOf(line: string): string[] {
  const pieces = line.match(/(?:"[^"]*"|[^,;"])+/g) ?? []
  return pieces
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .flatMap(apart)
}

/** `a@x.example b@x.example`, as a column copied from a table comes. */
function apart(piece: string): string[] {
  const words = piece.split(/\s+/)
  return words.length > 1 && words.every((word) => word.includes('@') && !word.includes('<')) ? words : [piece]
}

function personOf(piece: string, line: number): AskedPerson {
  const open = piece.lastIndexOf('<')
  const isNamed = open >= 0 && piece.endsWith('>')
  const email = (isNamed ? piece.slice(open + 1, -1) : piece).trim().replace(/^mailto:/i, '')
  const name = isNamed ? piece.slice(0, open).replaceAll('"', '').trim() : ''
  return {
    line,
    ...addressIn(email),
    name: name === '' ? undefined : name,
    role: undefined,
    groups: undefined,
    seat: undefined,
  }
}

const columns = ['email', 'name', 'role', 'groups', 'seat'] as const
type Column = (typeof columns)[number]

/** A table with the columns email, name, role, groups and seat, of which only the first is needed. */
export function readTable(text: string): AskedPerson[] {
  const [head, ...rows] = recordsOf(text)
  if (!head) return []
  const names = head.cells.map((cell) => cell.trim().toLowerCase())
  const hasHead = names.includes('email')
  const order = hasHead ? names : columns
  const people = (hasHead ? rows : [head, ...rows]).map(({ cells, line }) => rowOf(order, cells, line))
  refuseTooMany(people.length)
  return people
}

function rowOf(order: readonly string[], cells: readonly string[], line: number): AskedPerson {
  const of = (column: Column): string | undefined => {
    const text = cells[order.indexOf(column)]?.trim()
    return text === '' ? undefined : text
  }
  const groups = of('groups')
    ?.split(/[;|]/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return { line, ...addressIn(of('email') ?? ''), name: of('name'), role: of('role'), groups, seat: of('seat') }
}

type Parsed = { cells: string[]; line: number }

function recordsOf(text: string): Parsed[] {
  try {
    const read = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      info: true,
      max_record_size: 10_000,
      to: maxInvitedAtOnce + 2,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return read.map(({ record, info }) => ({ cells: record, line: info.lines }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new AppError('invitation.table_unreadable', { line: Number(error['lines'] ?? 1) })
  }
}

/** Programs write what their country writes: commas, semicolons or tabs. The first line decides. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split(/[\n\r]/, 1)
  const counts = [',', ';', '\t'].map((each) => ({ each, count: first.split(each).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).each
}

function refuseTooMany(count: number): void {
  if (count > maxInvitedAtOnce) throw new AppError('invitation.too_many', { count, limit: maxInvitedAtOnce })
}
