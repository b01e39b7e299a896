import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { letterText } from '@clew/testkit/letter-text'
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
  return letters.filter((letter) => letter.includes(`To: ${address}\n`)).map(letterText)
}
