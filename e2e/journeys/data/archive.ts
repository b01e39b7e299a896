import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { inRoot } from '../../harness/folders.ts'

type Entry = {
  filename: string
  encrypted: boolean
  comment: string
  getData(writer: unknown): Promise<Uint8Array>
}
type ZipJs = {
  Uint8ArrayReader: new (bytes: Uint8Array) => unknown
  Uint8ArrayWriter: new () => unknown
  ZipReader: new (reader: unknown, options: object) => { getEntries(): Promise<Entry[]> }
}

// The library is the server's dependency, not ours.
const { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } = createRequire(inRoot('apps/server/package.json'))(
  '@zip.js/zip.js',
) as ZipJs

export type Archive = { files: Map<string, string>; comment: string }

/** What a zip holds; every entry of one with a password has to be encrypted. */
export async function openArchive(file: string, password?: string): Promise<Archive> {
  const reading = password === undefined ? {} : { password }
  const zip = new ZipReader(new Uint8ArrayReader(await readFile(file)), { ...reading, useWebWorkers: false })
  const files = new Map<string, string>()
  let comment = ''
  for (const entry of await zip.getEntries()) {
    assert.equal(entry.encrypted, password !== undefined, entry.filename)
    comment = entry.comment
    files.set(entry.filename, Buffer.from(await entry.getData(new Uint8ArrayWriter())).toString('utf8'))
  }
  return { files, comment }
}
