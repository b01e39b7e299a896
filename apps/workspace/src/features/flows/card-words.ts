import type { FlowDetail } from '@clew/contract/flows'
import type { CardWords } from './card-model.ts'
import { lookName, outcomeName, slotName } from './names.ts'
import type { FlowsT } from './words.ts'

/** What cards and lines say in the reader's language. */
export const cardWords = (t: FlowsT, others: FlowDetail['others']): CardWords => ({
  kind: (kind) => t(`flows.kind_${kind}`),
  outcome: (_check, name) => outcomeName(t, name),
  otherwise: t('flows.otherwise'),
  value: (value) => (typeof value === 'boolean' ? t(value ? 'flows.yes' : 'flows.no') : String(value)),
  look: (step) => lookName(t, step),
  slot: (slot) => slotName(t, slot),
  end: (step) => {
    const name = t(`flows.end_${step.end}`)
    if (step.end !== 'flow') return name
    return `${name}: ${others.find(({ id }) => id === step.flow)?.title[t.locale] ?? step.flow ?? '–'}`
  },
})
