import controls from '../../app/ui/controls.module.css'
import { Lines } from '../../app/ui/lines.tsx'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { useAuditT } from './words.ts'

/** With it anybody can check what was signed. */
export function PublicKey({ value }: { value: string }) {
  const t = useAuditT()
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('console-audit.public_key')}>
      <h2>{t('console-audit.public_key')}</h2>
      <p className={controls.hint}>{t('console-audit.public_key_hint')}</p>
      <Lines>{value}</Lines>
    </RailRow>
  )
}
