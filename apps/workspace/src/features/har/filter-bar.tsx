import { type EntryFilter, onlyChoices } from '@clew/har/waterfall'
import type { RefObject } from 'react'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { Select } from '../../app/ui/select.tsx'
import styles from './filter-bar.module.css'
import type { CaptureView } from './use-capture-view.ts'

type BarProps = {
  view: CaptureView
  search: RefObject<HTMLInputElement | null>
  asTable: boolean
  onAsTable(asTable: boolean): void
}

/** Which requests to show. Choices that would find nothing are not offered. */
export function FilterBar({ view, search, asTable, onAsTable }: BarProps) {
  const t = useT()
  const { filter, setFilter } = view
  return (
    <div className={styles.bar}>
      <div className={styles.line}>
        <OnlyChips view={view} />
        <input
          ref={search}
          type="search"
          className={cx(controls.field, styles.search)}
          value={filter.text}
          onChange={(event) => setFilter({ ...filter, text: event.target.value })}
          aria-label={t('workspace.entries_search')}
          placeholder={t('workspace.entries_search')}
          title={t('workspace.entries_search_hint')}
          spellCheck={false}
        />
      </div>
      <div className={styles.line}>
        <FacetSelects view={view} />
        <span className={styles.push}>
          {!asTable && <FoldSwitch view={view} />}
          <span className={styles.modes} role="group" aria-label={t('workspace.show_as')}>
            <button type="button" aria-pressed={!asTable} onClick={() => onAsTable(false)}>
              {t('workspace.as_waterfall')}
            </button>
            <button type="button" aria-pressed={asTable} onClick={() => onAsTable(true)}>
              {t('workspace.as_table')}
            </button>
          </span>
        </span>
      </div>
    </div>
  )
}

function OnlyChips({ view: { facets, filter, setFilter } }: { view: CaptureView }) {
  const t = useT()
  return (
    <div className={styles.chips} role="group" aria-label={t('workspace.entries_show')}>
      {onlyChoices
        .filter((only) => only === 'all' || facets.only[only] > 0)
        .map((only) => (
          <button
            key={only}
            type="button"
            aria-pressed={filter.only === only}
            onClick={() => setFilter({ ...filter, only })}
          >
            {t('workspace.filter_with_count', {
              filter: t(`workspace.filter_${only}`),
              count: facets.only[only],
            })}
          </button>
        ))}
    </div>
  )
}

function FacetSelects({ view: { facets, filter, setFilter } }: { view: CaptureView }) {
  const t = useT()
  const choose = (change: Partial<EntryFilter>) => setFilter({ ...filter, ...change })
  return (
    <>
      {facets.kinds.length > 1 && (
        <Choice
          label={t('workspace.filter_kind')}
          all={t('workspace.filter_kind_all')}
          value={filter.kinds[0]}
          choices={facets.kinds.map(({ kind, count }) => ({ value: kind, name: t(`workspace.kind_${kind}`), count }))}
          onChoose={(kind) => choose({ kinds: kind === undefined ? [] : [kind] })}
        />
      )}
      {facets.statuses.length > 1 && (
        <Choice
          label={t('workspace.filter_status')}
          all={t('workspace.filter_status_all')}
          value={filter.statuses[0]}
          choices={facets.statuses.map(({ status, count }) => ({
            value: status,
            name: status === 'none' ? t('workspace.no_answer') : status,
            count,
          }))}
          onChoose={(status) => choose({ statuses: status === undefined ? [] : [status] })}
        />
      )}
      {facets.hosts.length > 1 && (
        <Choice
          label={t('workspace.filter_host')}
          all={t('workspace.filter_host_all')}
          value={filter.hosts[0]}
          choices={facets.hosts.map(({ host, count }) => ({ value: host, name: host || '–', count }))}
          onChoose={(host) => choose({ hosts: host === undefined ? [] : [host] })}
        />
      )}
    </>
  )
}

type ChoiceProps<V extends string> = {
  label: string
  all: string
  value: V | undefined
  choices: readonly { value: V; name: string; count: number }[]
  onChoose(value: V | undefined): void
}

function Choice<V extends string>({ label, all, value, choices, onChoose }: ChoiceProps<V>) {
  const t = useT()
  return (
    <span className={styles.choice} data-chosen={value !== undefined || undefined}>
      <Select
        aria-label={label}
        value={value === undefined ? '' : `=${value}`}
        onChange={(event) => onChoose(choices.find((choice) => `=${choice.value}` === event.target.value)?.value)}
      >
        <option value="">{all}</option>
        {choices.map(({ value: each, name, count }) => (
          <option key={each} value={`=${each}`}>
            {t('workspace.filter_with_count', { filter: name, count })}
          </option>
        ))}
      </Select>
    </span>
  )
}

function FoldSwitch({ view: { isFolding, setFolding, rows, isFiltering } }: { view: CaptureView }) {
  const t = useT()
  if (isFiltering || (isFolding && rows.folds.length === 0)) return null
  return (
    <button type="button" className={controls.link} onClick={() => setFolding(!isFolding)}>
      {isFolding ? t('workspace.unfold_all') : t('workspace.fold_healthy')}
    </button>
  )
}
