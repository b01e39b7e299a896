import type { Finding } from '@clew/contract/captures'

/** What the safe copy shows. Only the safe copy is read, so that what we say is what an agent will see. */
export async function analyseSafeCopy(_safe: Blob): Promise<Finding[]> {
  return []
}
