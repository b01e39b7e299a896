import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { letterText } from '@clew/testkit/letter-text'
import type { World } from './world.ts'

/** What was written to an address, the latest first: as it waits, or as it was kept once it had gone out. */
export async function mailTexts(world: World, recipient: string): Promise<string[]> {
  const rows = await world.rows('SELECT id, body FROM mails WHERE recipient = $1 ORDER BY created_at DESC, id DESC', [
    recipient,
  ])
  return rows.map(({ id, body }) => {
    if (body !== '') return String(body)
    const file = join(world.config.dataDir, 'mail', `${String(id)}.eml`)
    return existsSync(file) ? letterText(readFileSync(file, 'utf8')) : ''
  })
}
