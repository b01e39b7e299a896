import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Clew } from './clew.ts'
import { eventually } from './wait.ts'

/** What fits the pattern in the latest letter to an address, once one has it. Without a mail server letters are kept. */
export async function fromLetter(clew: Clew, address: string, pattern: RegExp): Promise<string> {
  let found: string | undefined
  await eventually(`a letter to ${address} says ${pattern}`, async () => {
    for (const letter of await lettersTo(clew, address)) found = pattern.exec(letter)?.[0] ?? found
    return found !== undefined
  })
  return found ?? ''
}

async function lettersTo({ dataDir }: Clew, address: string): Promise<string[]> {
  const folder = path.join(dataDir, 'mail')
  // Their names are ids that rise with time.
  const names = (await readdir(folder).catch(() => [])).sort((a, b) => a.localeCompare(b))
  const letters = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))
  return letters.filter((letter) => letter.includes(`To: ${address}\n`)).map(textOf)
}

/** The words of a letter in one part, out of their transfer encoding (RFC 2045, section 6). */
function textOf(letter: string): string {
  const [head = '', ...rest] = letter.split('\n\n')
  const body = rest.join('\n\n')
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8')
  if (!/^content-transfer-encoding: quoted-printable/im.test(head)) return body
  const bytes = body
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
