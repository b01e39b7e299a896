import type { UsageMeter } from '@clew/contract/usage'
import { bytes, shortQuantity } from './days-model.ts'
import type { UsageT } from './words.ts'

type Named = Pick<UsageMeter, 'meter' | 'name' | 'unit'>

const ours = ['people', 'seats', 'conversations', 'questions', 'answered', 'captures', 'storage_bytes'] as const
type Ours = (typeof ours)[number]

const oursOf = ({ meter }: Named): Ours | undefined => ours.find((each) => meter === `clew.${each}`)

export function nameOf(t: UsageT, meter: Named): string {
  const known = oursOf(meter)
  return known === undefined ? (meter.name ?? meter.meter) : t(`usage.meter_${known}`)
}

/** In what it is counted, under the figure; of what is reported only where somebody has said so. */
export function unitOf(t: UsageT, meter: Named): string {
  const known = oursOf(meter)
  return known === undefined ? (meter.unit ?? '') : t(`usage.unit_${known}`)
}

export const quantityOf = (t: UsageT, meter: Named, quantity: number): string =>
  oursOf(meter) === 'storage_bytes' ? bytes(t.format.number, quantity) : shortQuantity(t.format.number, quantity)
