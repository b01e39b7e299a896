import { answer, type Database, uploadsStore } from '../platform/database.ts'

/** A large file on its way, kept on this device until the server has all of it. */
export type KeptUpload = { id: string; name: string; content: Blob; isPaused: boolean; addedAt: string }

export type UploadStore = {
  put(upload: KeptUpload): Promise<void>
  find(id: string): Promise<KeptUpload | undefined>
  list(): Promise<KeptUpload[]>
  remove(id: string): Promise<void>
  clear(): Promise<void>
}

export function memoryUploads(): UploadStore {
  const kept = new Map<string, KeptUpload>()
  return {
    put: async (upload) => void kept.set(upload.id, upload),
    find: async (id) => kept.get(id),
    list: async () => [...kept.values()],
    remove: async (id) => void kept.delete(id),
    clear: async () => kept.clear(),
  }
}

/** In IndexedDB, where it outlives the tab. What there is no room for lasts as long as the page. */
export function databaseUploads(database: Database): UploadStore {
  const spare = memoryUploads()
  const write = (work: (store: IDBObjectStore) => void) =>
    database.run([uploadsStore], 'readwrite', (get) => work(get(uploadsStore)))
  const read = <T>(work: (store: IDBObjectStore) => IDBRequest<T>) =>
    database.run([uploadsStore], 'readonly', (get) => answer(work(get(uploadsStore))))
  return {
    put: (upload) => write((store) => void store.put(upload)).catch(() => spare.put(upload)),
    find: async (id) => (await spare.find(id)) ?? ((await read((store) => store.get(id))) as KeptUpload | undefined),
    list: async () => [...((await read((store) => store.getAll())) as KeptUpload[]), ...(await spare.list())],
    async remove(id) {
      await spare.remove(id)
      await write((store) => store.delete(id))
    },
    async clear() {
      await spare.clear()
      await write((store) => store.clear())
    },
  }
}
