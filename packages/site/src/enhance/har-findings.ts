import { analyse, readCapture } from '@clew/har'
import type { FoundCause } from './har-messages.ts'

/** Reads the safe copy, not the original: what is found is what support will find too. */
export async function findCauses(clean: Blob): Promise<readonly FoundCause[]> {
  const capture = readCapture(new Uint8Array(await clean.arrayBuffer()))
  return analyse(capture).findings.map(({ severity, message, nextStep, requestIds }) => ({
    severity,
    text: message.customer,
    requestIds,
    ...(nextStep && { nextStep: { en: nextStep.en, el: nextStep.el } }),
  }))
}
