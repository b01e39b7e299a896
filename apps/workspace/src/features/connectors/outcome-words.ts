import type { LookupCall } from '@clew/contract/connectors'
import type { ConnectorsT } from './words.ts'

/** How asking went, as a sentence. */
export function outcomeText(t: ConnectorsT, outcome: LookupCall['outcome'], status?: number): string {
  if (outcome === 'found' || outcome === 'not_found') return t(`connectors.outcome_${outcome}`)
  if (outcome === 'status' && status !== undefined) return t('connectors.failed_status_number', { status })
  return t(`connectors.failed_${outcome}`)
}
