import type { ConsoleMember } from '@clew/contract/members'
import type { ShapeName } from '@clew/ui/marks'
import { Status, type Tone } from '../../app/ui/status.tsx'
import { useMembersT } from './words.ts'

const looks: Readonly<Record<ConsoleMember['wayIn'], { shape: ShapeName; tone: Tone }>> = {
  sso: { shape: 'ok', tone: 'ok' },
  passkey: { shape: 'ok', tone: 'ok' },
  password: { shape: 'dot', tone: 'quiet' },
  link: { shape: 'dot', tone: 'quiet' },
  cannot: { shape: 'major', tone: 'major' },
  not_yet: { shape: 'ring', tone: 'quiet' },
  unknown: { shape: 'ring', tone: 'quiet' },
}

/** By what somebody gets in, or why they do not. */
export function WayIn({ person: { wayIn, deactivated, connection } }: { person: ConsoleMember }) {
  const t = useMembersT()
  if (deactivated === null) return <Status {...looks[wayIn]}>{t(`console-members.way_${wayIn}`)}</Status>
  return (
    <Status shape="ring" tone="quiet">
      {deactivated.via === 'scim'
        ? t('console-members.stopped_scim', { connection: connection?.name || t('console-members.lead_directory') })
        : t(`console-members.stopped_${deactivated.via}`)}
    </Status>
  )
}
