const shape = /^[a-z0-9]{2}\/[a-z0-9-]+$/

/** What leads out of the folder or the bucket is no key of ours. */
export function checkedKey(key: string): string {
  if (!isStorageKey(key)) throw new Error('a storage key has a shape of its own')
  return key
}

export const isStorageKey = (key: string): boolean => shape.test(key)

export function refuseOtherSize(stored: number, said: number | undefined): void {
  if (said !== undefined && stored !== said) throw new Error('the file is longer or shorter than was said')
}
