import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { ExportContent } from '@clew/contract/exports'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import { approveExport } from '../domains/exports/use-cases/decide-export.ts'
import { fetchArchive, makeLink } from '../domains/exports/use-cases/fetch-archive.ts'
import { readExport } from '../domains/exports/use-cases/list-exports.ts'
import { requestExport } from '../domains/exports/use-cases/request-export.ts'
import type { World } from './world.ts'

type Person = Awaited<ReturnType<World['member']>>
const everything: ExportContent = { of: 'organisation', parts: ['members', 'cases', 'usage', 'audit'] }

/** All that an organisation may take with it, as one text. */
export async function exportedBy(world: World, { owner, second }: { owner: Person; second: Person }): Promise<string> {
  const parts = world.clew.house.exporting
  const id = randomUUID()
  const { body: made } = await requestExport(owner.ctx, { id, content: everything, reason: 'Yearly review' }, parts)
  if (made.state === 'waiting') await approveExport(second.ctx, { id }, parts)
  for (;;) {
    await world.settle()
    const { state } = await readExport(owner.ctx, id)
    if (state !== 'queued' && state !== 'building') break
    await pause(20)
  }
  const { token, password = '' } = await makeLink(owner.ctx, id, parts)
  const { body } = await fetchArchive(owner.ctx, token, parts)
  const pieces: Buffer[] = []
  for await (const piece of body as AsyncIterable<Buffer>) pieces.push(piece)
  const zip = new ZipReader(new Uint8ArrayReader(Buffer.concat(pieces)), { password, useWebWorkers: false })
  const texts: string[] = []
  for (const entry of await zip.getEntries())
    if (!entry.directory) texts.push(Buffer.from(await entry.getData(new Uint8ArrayWriter())).toString())
  return texts.join('\n')
}
