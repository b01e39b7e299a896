import { storageKeys } from '../bridge.ts'

/** Small things kept on this device. Without permission to store, they last as long as the page. */
export type Keep = {
  read(name: string): string | undefined
  write(name: string, value: string | undefined): void
  clear(): void
}

const spare = new Map<string, string>()

export const keep: Keep = {
  read(name) {
    try {
      return localStorage.getItem(storageKeys.prefix + name) ?? spare.get(name)
    } catch {
      return spare.get(name)
    }
  },

  write(name, value) {
    if (value === undefined) spare.delete(name)
    else spare.set(name, value)
    try {
      if (value === undefined) localStorage.removeItem(storageKeys.prefix + name)
      else localStorage.setItem(storageKeys.prefix + name, value)
    } catch {
      // Refused or full: `spare` has it.
    }
  },

  clear() {
    spare.clear()
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(storageKeys.prefix)) localStorage.removeItem(key)
    } catch {
      // Nothing was stored.
    }
  },
}
