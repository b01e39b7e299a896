import type { OrganisationId } from '@clew/contract/primitives'

declare const made: unique symbol
/**
 * A place in the store. Only the functions here make one, so that of each place it is settled whose it is: nothing else
 * can be stored under.
 */
export type StorageKey = string & { readonly [made]: true }

/**
 * For what a row stands for. The place does not say whose it is: the row does, behind the walls of the database, and its
 * owner may change (who turns out to be somebody known). It is as random as the id that it is made of, and the seal binds
 * what lies there to it.
 */
export const storageKeyOf = (id: string): StorageKey => `${id.slice(-2)}/s-${id}` as StorageKey

/** For what is of an organisation and is found without a row. */
export const storageKeyOfOrganisation = (
  shelf: string,
  { organisationId, name }: { organisationId: OrganisationId; name: string },
): StorageKey => `${shelf}/${organisationId}-${name}` as StorageKey

/** For what a process writes to see whether it can. */
export const storageKeyOfProcess = (pid: number): StorageKey => `zz/health-${pid}` as StorageKey

/** One that was made before, as its row has it. */
export const notedStorageKey = (key: string): StorageKey => key as StorageKey

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
