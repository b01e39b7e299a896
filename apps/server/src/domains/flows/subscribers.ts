import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { FlowHolder } from './flow-holder.ts'

export const flowSubscribers = (holder: FlowHolder): readonly Subscriber[] => [
  subscriber('flows', 'flow.published', (tx) => holder.refresh(tx)),
  subscriber('flows', 'flow.withdrawn', (tx) => holder.refresh(tx)),
]
