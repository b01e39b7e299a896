import { type ExportPolicy, type MaskMode, maskedFields, maskModes } from '@clew/contract/exports'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import styles from './exports.module.css'
import { useExportT } from './words.ts'

type Props = { draft: ExportPolicy; onChange(draft: ExportPolicy): void }

const counts = [
  { field: 'approvalAboveRows', word: 'rows_above', min: 0, max: 100_000_000 },
  { field: 'keepHours', word: 'keep_hours', min: 1, max: 720 },
  { field: 'maxFetches', word: 'max_fetches', min: 1, max: 20 },
] as const

/** The fields of the rules. */
export function RuleFields({ draft, onChange }: Props) {
  const t = useExportT()
  return (
    <>
      <div className={styles.days}>
        {counts.map(({ field, word, min, max }) => (
          <label key={field}>
            <span className={controls.label}>{t(`console-exports.${word}`)}</span>
            <input
              className={controls.field}
              type="number"
              required
              min={min}
              max={max}
              value={Number.isNaN(draft[field]) ? '' : draft[field]}
              onChange={(event) => onChange({ ...draft, [field]: event.target.valueAsNumber })}
            />
          </label>
        ))}
      </div>
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={draft.approvalForPersonal}
          onChange={(event) => onChange({ ...draft, approvalForPersonal: event.target.checked })}
        />
        {t('console-exports.for_personal')}
      </label>
      <div className={styles.days}>
        {maskedFields.map((field) => (
          <label key={field}>
            <span className={controls.label}>{t(`console-exports.mask_${field}`)}</span>
            <Select
              boxed
              value={draft.masks[field]}
              onChange={(event) =>
                onChange({ ...draft, masks: { ...draft.masks, [field]: event.target.value as MaskMode } })
              }
            >
              {maskModes.map((mode) => (
                <option key={mode} value={mode}>
                  {t(`console-exports.mode_${mode}`)}
                </option>
              ))}
            </Select>
          </label>
        ))}
      </div>
    </>
  )
}
