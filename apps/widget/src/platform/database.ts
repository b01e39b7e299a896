export const outboxStore = 'outbox'
export const startedStore = 'started'
export const leaseStore = 'lease'
export const uploadsStore = 'uploads'

export type Database = {
  /** Runs within one transaction; the answer comes after it is durable. */
  run<T>(stores: readonly string[], mode: IDBTransactionMode, work: (get: StoreOf) => Promise<T> | T): Promise<T>
  close(): void
}

export type StoreOf = (name: string) => IDBObjectStore

export async function openDatabase(name: string, factory: IDBFactory = indexedDB): Promise<Database> {
  const opening = factory.open(name, 2)
  opening.onupgradeneeded = ({ oldVersion }) => {
    opening.result.createObjectStore(uploadsStore, { keyPath: 'id' })
    if (oldVersion > 0) return
    opening.result.createObjectStore(outboxStore, { keyPath: 'order', autoIncrement: true })
    opening.result.createObjectStore(startedStore)
    opening.result.createObjectStore(leaseStore)
  }
  const database = await answer(opening)
  // Another tab is deleting or upgrading: hold nothing open.
  database.onversionchange = () => database.close()

  return {
    async run(stores, mode, work) {
      const transaction = database.transaction([...stores], mode, { durability: 'strict' })
      const done = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve()
        transaction.onabort = () => reject(transaction.error ?? new Error('transaction aborted'))
      })
      // When the work fails, that failure is the one to tell.
      done.catch(() => undefined)
      const result = await work((store) => transaction.objectStore(store))
      await done
      return result
    },
    close: () => database.close(),
  }
}

export const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('request failed'))
  })
