import { type Subscriber, subscriber } from '../../platform/domain.ts'
import { type TellSettings, tellOfThresholds } from './use-cases/tell-of-thresholds.ts'

export const usageSubscribers = (settings: TellSettings): readonly Subscriber[] => [
  subscriber('usage', 'usage.counted', {
    when: () => true,
    gathers: true,
    run: (tx, payload) => tellOfThresholds(tx, payload, settings),
  }),
]
