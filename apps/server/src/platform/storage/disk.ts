import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { checkedKey, isStorageKey, refuseOtherSize } from './key.ts'
import type { ListedFile, RawStorage } from './types.ts'

/** Behind the name of a file that is being written. */
const partSuffix = '.part'

export function diskStorage(folder: string): RawStorage {
  const pathOf = (key: string): string => join(folder, checkedKey(key))
  return {
    put: async (key, body, sizeBytes) => {
      const path = pathOf(key)
      const unfinished = `${path}${partSuffix}`
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const file = createWriteStream(unfinished, { mode: 0o600, flush: true })
      try {
        await pipeline(body, file)
        refuseOtherSize((await stat(unfinished)).size, sizeBytes)
        await rename(unfinished, path)
        await syncFolder(dirname(path))
      } catch (error) {
        // It may only now be opened, and would come to be after it was removed.
        if (!file.closed) await new Promise<void>((resolve) => file.once('close', () => resolve()))
        await rm(unfinished, { force: true })
        throw error
      }
    },
    get: async (key, range) => {
      await stat(pathOf(key))
      // The end of a stream of Node is a place that is still read.
      return createReadStream(pathOf(key), range && { start: range.start, end: Math.max(range.start, range.end - 1) })
    },
    remove: async (key) => {
      for (const path of [pathOf(key), `${pathOf(key)}${partSuffix}`]) await rm(path, { force: true })
    },
    size: async (key) => (await stat(pathOf(key))).size,
    list: () => listFolder(folder),
    freeBytes: async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const { bavail, bsize } = await statfs(folder)
      return bavail * bsize
    },
  }
}

/** A new name survives a power cut only once its folder was written. Not every platform can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

async function* listFolder(folder: string): AsyncGenerator<ListedFile> {
  const shelves = await readdir(folder).catch(() => [])
  for (const shelf of shelves) {
    for (const name of await readdir(join(folder, shelf)).catch(() => [])) {
      const isPart = name.endsWith(partSuffix)
      const key = `${shelf}/${isPart ? name.slice(0, -partSuffix.length) : name}`
      const facts = isStorageKey(key) ? await stat(join(folder, shelf, name)).catch(() => undefined) : undefined
      if (facts) yield { key, storedAt: facts.mtime, isPart }
    }
  }
}
