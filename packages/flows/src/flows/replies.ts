import type { FlowReply } from '../flow.ts'

export function worked(): FlowReply {
  return { id: 'worked', label: { en: 'That worked', el: 'Λύθηκε' }, outcome: 'fixed', next: 'done' }
}

export function stillFails(next: string): FlowReply {
  return { id: 'still-fails', label: { en: 'Still fails', el: 'Δεν λύθηκε' }, outcome: 'not_fixed', next }
}

export function skip(next: string): FlowReply {
  return { id: 'skip', label: { en: 'Skip this', el: 'Παράλειψη' }, outcome: 'skipped', next }
}

export function notPossible(next: string): FlowReply {
  return {
    id: 'not-possible',
    label: { en: 'I cannot do this here', el: 'Δεν μπορώ να το κάνω εδώ' },
    outcome: 'not_possible',
    next,
  }
}
