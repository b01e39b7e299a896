import type { CaptureEntry } from '@clew/contract/captures'
import { isFailing, phaseLengths, phases, type WaterfallWords } from '@clew/har/waterfall'
import { useT } from '../../app/i18n.tsx'
import styles from './entry-times.module.css'

/** How long each phase took, as numbers and as a picture of one after the other. */
export function EntryTimes({ entry, words }: { entry: CaptureEntry; words: WaterfallWords }) {
  const t = useT()
  const lengths = phaseLengths(entry.timings)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const longest = Math.max(...lengths)
  let at = 0
  return (
    <table className={styles.times}>
      <tbody>
        {phases.map((phase, index) => {
          const length = lengths[index] ?? 0
          const from = at
          at += length
          return (
            <tr
              key={phase}
              data-none={length === 0 || undefined}
              data-longest={(length > 0 && length === longest) || undefined}
            >
              <th scope="row">{t(`workspace.phase_${phase}`)}</th>
              <td className={styles.lane} aria-hidden="true">
                {length > 0 && (
                  <i
                    data-phase={phase}
                    style={{ insetInlineStart: `${(from / total) * 100}%`, width: `${(length / total) * 100}%` }}
                  />
                )}
              </td>
              <td className={styles.length}>{length > 0 ? words.duration(length) : '–'}</td>
            </tr>
          )
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('workspace.time_total')}</th>
          <td className={styles.began}>
            {t('workspace.time_began', { at: words.duration(Math.max(0, entry.offsetMs)) })}
            {isFailing(entry) && ` · ${t('workspace.entry_failed')}`}
          </td>
          <td className={styles.length}>{words.duration(Math.max(entry.timings.total, 0))}</td>
        </tr>
      </tfoot>
    </table>
  )
}
