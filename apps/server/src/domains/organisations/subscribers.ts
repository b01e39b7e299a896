import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { SettingsHolder } from './settings-holder.ts'

export const settingsSubscribers = (holder: SettingsHolder): readonly Subscriber[] => [
  subscriber('organisations', 'settings.changed', (tx) => holder.refresh(tx)),
]
