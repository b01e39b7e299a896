import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { StatusHolder } from './status-holder.ts'

export const statusSubscribers = (holder: StatusHolder): readonly Subscriber[] =>
  (
    [
      'incident.opened',
      'incident.updated',
      'incident.resolved',
      'incident.corrected',
      'component.saved',
      'component.status_changed',
    ] as const
  ).map((name) => subscriber('status', name, (tx) => holder.refresh(tx)))
