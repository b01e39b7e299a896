import type { Finding } from '@clew/contract/captures'
import { useT } from '../../app/i18n.tsx'
import { Status } from '../../app/ui/status.tsx'

const looks = {
  high: { shape: 'major', tone: 'major' },
  medium: { shape: 'partial', tone: 'partial' },
  low: { shape: 'degraded', tone: 'degraded' },
} as const

/** Shape, word and colour: none of them alone. */
export function Severity({ severity }: { severity: Finding['severity'] }) {
  const t = useT()
  return <Status {...looks[severity]}>{t(`workspace.severity_${severity}`)}</Status>
}
