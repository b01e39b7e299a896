import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { World } from './world.ts'

/** What was written to an address, the latest first: as it waits, or as it was kept once it had gone out. */
export async function mailTexts(world: World, recipient: string): Promise<string[]> {
  const rows = await world.rows('SELECT id, body FROM mails WHERE recipient = $1 ORDER BY created_at DESC, id DESC', [
    recipient,
  ])
  return rows.map(({ id, body }) => {
    if (body !== '') return String(body)
    const file = join(world.config.dataDir, 'mail', `${String(id)}.eml`)
    return existsSync(file) ? textOf(readFileSync(file, 'utf8')) : ''
  })
}

/** The text of a mail in one part, out of its transfer encoding (RFC 2045, section 6). */
function textOf(message: string): string {
  const [head = '', ...rest] = message.split('\n\n')
  const body = rest.join('\n\n')
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8')
  if (!/^content-transfer-encoding: quoted-printable/im.test(head)) return body
  const bytes = body
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
