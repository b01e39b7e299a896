import { answer, type Database, uploadsStore } from '../platform/database.ts'

/** A plain file, which a message of its own brings into the conversation once the server has all of it. */
export type PlainFile = { conversation: string; clientMessageId: string }

/** A large file on its way, kept on this device until the server has all of it. A capture is in the conversation already. */
export type KeptUpload = {
  id: string
  name: string
  content: Blob
  isPaused: boolean
  addedAt: string
  plain?: PlainFile
}

export type UploadStore = {
  put(upload: KeptUpload): Promise<void>
  find(id: string): Promise<KeptUpload | undefined>
  list(): Promise<KeptUpload[]>
  remove(id: string): Promise<void>
  clear(): Promise<void>
  /** Whether the file outlives the page. */
  lasts(id: string): boolean
}

export function memoryUploads(): UploadStore {
  const kept = new Map<string, KeptUpload>()
  return {
    put: async (upload) => void kept.set(upload.id, upload),
    find: async (id) => kept.get(id),
    list: async () => [...kept.values()],
    remove: async (id) => void kept.delete(id),
    clear: async () => kept.clear(),
    lasts: () => false,
  }
}

/**
 * In IndexedDB, where it outlives the tab. A browser may take its database away at any time; what was read of it before
 * then lasts as long as the page, and so does what there is no room for.
 */
export function databaseUploads(database: Database): UploadStore {
  const spare = memoryUploads()
  /** As the database last had them. */
  let seen: readonly KeptUpload[] = []
  const write = (work: (store: IDBObjectStore) => void) =>
    database.run([uploadsStore], 'readwrite', (get) => work(get(uploadsStore)))
  const read = <T>(work: (store: IDBObjectStore) => IDBRequest<T>) =>
    database.run([uploadsStore], 'readonly', (get) => answer(work(get(uploadsStore))))
  const without = (id: string) => seen.filter((each) => each.id !== id)
  const moveToMemory = async () => {
    for (const upload of seen) await spare.put(upload)
    seen = []
  }
  const list = async (): Promise<KeptUpload[]> => {
    try {
      seen = (await read((store) => store.getAll())) as KeptUpload[]
    } catch {
      await moveToMemory()
    }
    const here = await spare.list()
    return [...seen.filter(({ id }) => !here.some((each) => each.id === id)), ...here]
  }
  return {
    list,
    find: async (id) => (await list()).find((each) => each.id === id),
    async put(upload) {
      try {
        await write((store) => void store.put(upload))
        await spare.remove(upload.id)
        seen = [...without(upload.id), upload]
      } catch {
        seen = without(upload.id)
        await spare.put(upload)
      }
    },
    async remove(id) {
      seen = without(id)
      await spare.remove(id)
      // One that stays is sent again when the database is back, and the server knows that it has it.
      await write((store) => store.delete(id)).catch(moveToMemory)
    },
    async clear() {
      seen = []
      await spare.clear()
      await write((store) => store.clear())
    },
    lasts: (id) => seen.some((each) => each.id === id),
  }
}
