import type { DomainState } from '@clew/contract/domains'
import type { ShapeName } from '@clew/ui/marks'
import { Status, type Tone } from '../../app/ui/status.tsx'
import { useDomainsT } from './words.ts'

const looks: Readonly<Record<DomainState, { shape: ShapeName; tone: Tone }>> = {
  verified: { shape: 'ok', tone: 'ok' },
  waiting: { shape: 'degraded', tone: 'degraded' },
  lost: { shape: 'partial', tone: 'partial' },
  disputed: { shape: 'maintenance', tone: 'maintenance' },
  expired: { shape: 'ring', tone: 'quiet' },
}

export function StateWord({ state }: { state: DomainState }) {
  const t = useDomainsT()
  return <Status {...looks[state]}>{t(`console-domains.state_${state}`)}</Status>
}
