import { createHash, createPublicKey, verify } from 'node:crypto'

export type Tombstone = { class: string; idHash: Buffer }

const lineOf = ({ class: kind, idHash }: Tombstone): string => `${kind} ${idHash.toString('hex')}`

/** In one order, whatever the order in which they went. */
export const tombstoneLines = (stones: readonly Tombstone[]): string[] => stones.map(lineOf).sort()

export const hashOfLines = (lines: readonly string[]): string =>
  createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex')

export type Certificate = {
  id: string
  statement: string
  signature: Buffer
  publicKey: string
}

/** Whether the words were signed with the key, and the list is the one that they speak of. */
export function isGenuine({ statement, signature, publicKey }: Certificate, lines: readonly string[]): boolean {
  if (!verify(null, Buffer.from(statement, 'utf8'), createPublicKey(publicKey), signature)) return false
  const said = JSON.parse(statement) as { tombstones?: { count?: number; sha256?: string } }
  return said.tombstones?.count === lines.length && said.tombstones.sha256 === hashOfLines(lines)
}

/** Says of one row that it went, to whoever knows its id. */
export const idHash = (kind: string, id: string): Buffer => createHash('sha256').update(`${kind}:${id}`).digest()
