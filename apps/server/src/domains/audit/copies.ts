import { Readable } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import type { OrganisationId } from '@clew/contract/primitives'
import { type StorageKey, storageKeyOfOrganisation } from '../../platform/storage/key.ts'
import type { Storage } from '../../platform/storage.ts'
import { Checkpoint } from './checkpoint.ts'

/** Where checkpoints are kept a second time: a list for each chain and month, one JSON object a line. */
export type Copies = Pick<Storage, 'get' | 'put'>

const keyOf = (organisationId: OrganisationId, month: string): StorageKey =>
  storageKeyOfOrganisation('ck', { organisationId, name: month })

/** `2026-11`. */
export const monthOf = (at: Date): string => at.toISOString().slice(0, 7)

/** Adds what is not there yet. What is there stays, whatever the database says by now. */
export async function copyCheckpoints(
  copies: Copies,
  { organisationId, month }: { organisationId: OrganisationId; month: string },
  checkpoints: readonly Checkpoint[],
): Promise<void> {
  const kept = await readMonth(copies, organisationId, month)
  const known = new Set(kept.map(({ signature }) => signature))
  const more = checkpoints.filter(({ signature }) => !known.has(signature))
  if (more.length === 0) return
  const lines = [...kept, ...more].map(({ id, statement, signature }) => JSON.stringify({ id, statement, signature }))
  await copies.put(keyOf(organisationId, month), Readable.from([`${lines.join('\n')}\n`], { objectMode: false }))
}

/** All that were copied from one month to another. */
export async function readCopies(
  copies: Copies,
  organisationId: OrganisationId,
  { from, to }: { from: Date; to: Date },
): Promise<Checkpoint[]> {
  const found: Checkpoint[] = []
  for (const month of monthsBetween(from, to)) found.push(...(await readMonth(copies, organisationId, month)))
  return found
}

export function monthsBetween(from: Date, to: Date): string[] {
  const months: string[] = []
  const at = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth()))
  for (; at <= to; at.setUTCMonth(at.getUTCMonth() + 1)) months.push(monthOf(at))
  return months
}

async function readMonth(copies: Copies, organisationId: OrganisationId, month: string): Promise<Checkpoint[]> {
  const text = await readAll(copies, keyOf(organisationId, month))
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Checkpoint.parse(JSON.parse(line)))
}

async function readAll(copies: Copies, key: string): Promise<string> {
  try {
    return await readText(await copies.get(key))
  } catch (error) {
    if (isMissing(error)) return ''
    throw error
  }
}

/** The store on the disk says `ENOENT`, that of S3 says 404. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error && (('code' in error && error.code === 'ENOENT') || error.message.endsWith(' 404'))
