import type { InviteOutcome, InviteRow } from '@clew/contract/members'
import type { ShapeName } from '@clew/ui/marks'
import type { Tone } from '../../app/ui/status.tsx'
import type { MembersT } from './words.ts'

/** What happens to one person of a list, in a sentence that goes on after the address. */
export function outcomeWords(t: MembersT, { outcome, seat, detail }: InviteRow): string {
  if (outcome === 'sends' && seat)
    return seat.limit === null
      ? t('console-members.out_sends_seat_free', { seat: seat.name })
      : t('console-members.out_sends_seat', { number: seat.number, limit: seat.limit })
  return withDetail(t, outcome, detail ?? '')
}

function withDetail(t: MembersT, outcome: InviteOutcome, detail: string): string {
  switch (outcome) {
    case 'waits_for_domain':
    case 'role_unknown':
    case 'role_not_yours':
    case 'group_unknown':
    case 'seat_unknown':
      return t(`console-members.out_${outcome}`, { detail })
    default:
      return t(`console-members.out_${outcome}`)
  }
}

export function outcomeLook({ outcome }: InviteRow): { shape: ShapeName; tone: Tone } {
  if (outcome === 'sends' || outcome === 'renews') return { shape: 'ok', tone: 'ok' }
  if (outcome === 'waits_for_seat' || outcome === 'waits_for_domain') return { shape: 'degraded', tone: 'degraded' }
  if (outcome === 'duplicate' || outcome === 'member_already') return { shape: 'ring', tone: 'quiet' }
  return { shape: 'partial', tone: 'partial' }
}
