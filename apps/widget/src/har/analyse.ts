import type { Finding } from '@clew/contract/captures'
import { analyse, readCapture } from '@clew/har'

/** What the safe copy shows. Only the safe copy is read, so that what we say here is what an agent will see. */
export async function analyseSafeCopy(safe: Blob): Promise<Finding[]> {
  return analyse(readCapture(new Uint8Array(await safe.arrayBuffer()))).findings
}
