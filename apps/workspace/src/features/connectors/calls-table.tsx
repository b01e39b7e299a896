import type { LookupCall } from '@clew/contract/connectors'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import styles from './connectors.module.css'
import { outcomeText } from './outcome-words.ts'
import { type ConnectorsT, useConnectorsT } from './words.ts'

/** Who looked what up, why and how it went. */
export function CallsTable({ calls }: { calls: readonly LookupCall[] }) {
  const t = useConnectorsT()
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('connectors.calls')}>
      <h2>{t('connectors.calls')}</h2>
      <p className={controls.hint}>{t(calls.length === 0 ? 'connectors.calls_none' : 'connectors.calls_hint')}</p>
      {calls.length > 0 && (
        <table className={styles.calls}>
          <thead>
            <tr>
              <th scope="col">{t('connectors.call_when')}</th>
              <th scope="col">{t('connectors.call_id')}</th>
              <th scope="col">{t('connectors.call_why')}</th>
              <th scope="col">{t('connectors.call_outcome')}</th>
            </tr>
          </thead>
          <tbody>
            {calls.map((call) => (
              <CallRow key={call.id} call={call} />
            ))}
          </tbody>
        </table>
      )}
    </RailRow>
  )
}

function CallRow({ call }: { call: LookupCall }) {
  const t = useConnectorsT()
  const words = useT()
  return (
    <tr>
      <td>{fullMoment(words, call.at)}</td>
      <td className={text.mono}>{call.requestId}</td>
      <td>{reasonOf(t, call)}</td>
      <td>
        {outcomeText(t, call.outcome)}{' '}
        <span className={controls.hint}>
          {call.isCached ? t('connectors.cached') : words.format.number(call.durationMs, millis)}
        </span>
      </td>
    </tr>
  )
}

const millis = { style: 'unit', unit: 'millisecond' } as const

function reasonOf(t: ConnectorsT, { reason, agentName = '–' }: LookupCall): string {
  return reason === 'case' ? t('connectors.reason_case') : t(`connectors.reason_${reason}`, { name: agentName })
}
