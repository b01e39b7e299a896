import type { Finding } from '@clew/contract/captures'
import { analyse, blobSource, readCaptureOf } from '@clew/har'

/** What the safe copy shows. Only the safe copy is read, so that what we say here is what an agent will see. */
export async function analyseSafeCopy(safe: Blob): Promise<Finding[]> {
  return analyse(await readCaptureOf(blobSource(safe))).findings
}
