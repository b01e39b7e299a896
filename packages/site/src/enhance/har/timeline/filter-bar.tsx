import { type EntryFilter, onlyChoices } from '@clew/har/waterfall'
import type { RefObject } from 'preact'
import { usePage } from '../page.ts'
import type { Timeline } from './use-timeline.ts'

interface BarProps {
  timeline: Timeline
  search: RefObject<HTMLInputElement | null>
  asTable: boolean
  onAsTable(asTable: boolean): void
}

/** Which requests to show. Choices that would find nothing are not offered. */
export function FilterBar({ timeline, search, asTable, onAsTable }: BarProps) {
  const { t } = usePage()
  const { filter, setFilter } = timeline
  return (
    <div class="filters">
      <OnlyChips timeline={timeline} />
      <input
        ref={search}
        type="search"
        value={filter.text}
        onInput={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
        aria-label={t('har-page.entries_search')}
        placeholder={t('har-page.entries_search')}
        title={t('har-page.entries_search_hint')}
        spellcheck={false}
      />
      <FacetSelects timeline={timeline} />
      <div class="chips" role="group" aria-label={t('har-page.show_as')}>
        <button type="button" aria-pressed={!asTable} onClick={() => onAsTable(false)}>
          {t('har-page.as_waterfall')}
        </button>
        <button type="button" aria-pressed={asTable} onClick={() => onAsTable(true)}>
          {t('har-page.as_table')}
        </button>
      </div>
    </div>
  )
}

function OnlyChips({ timeline: { facets, filter, setFilter } }: { timeline: Timeline }) {
  const { t } = usePage()
  return (
    <div class="chips" role="group" aria-label={t('har-page.entries_show')}>
      {onlyChoices
        .filter((only) => only === 'all' || facets.only[only] > 0)
        .map((only) => (
          <button
            key={only}
            type="button"
            aria-pressed={filter.only === only}
            onClick={() => setFilter({ ...filter, only })}
          >
            {t(`har-page.filter_${only}`)} <span class="num">{t.format.number(facets.only[only])}</span>
          </button>
        ))}
    </div>
  )
}

function FacetSelects({ timeline: { facets, filter, setFilter } }: { timeline: Timeline }) {
  const { t } = usePage()
  const choose = (change: Partial<EntryFilter>) => setFilter({ ...filter, ...change })
  return (
    <>
      {facets.hosts.length > 1 && (
        <Choice
          label={t('har-page.filter_host')}
          all={t('har-page.filter_host_all')}
          value={filter.hosts[0]}
          choices={facets.hosts.slice(0, 200).map(({ host, count }) => ({ value: host, name: host || '–', count }))}
          onChoose={(host) => choose({ hosts: host === undefined ? [] : [host] })}
        />
      )}
      {facets.kinds.length > 1 && (
        <Choice
          label={t('har-page.filter_kind')}
          all={t('har-page.filter_kind_all')}
          value={filter.kinds[0]}
          choices={facets.kinds.map(({ kind, count }) => ({ value: kind, name: t(`har-page.kindof_${kind}`), count }))}
          onChoose={(kind) => choose({ kinds: kind === undefined ? [] : [kind] })}
        />
      )}
      {facets.statuses.length > 1 && (
        <Choice
          label={t('har-page.filter_status')}
          all={t('har-page.filter_status_all')}
          value={filter.statuses[0]}
          choices={facets.statuses.map(({ status, count }) => ({
            value: status,
            name: status === 'none' ? t('har-page.no_answer') : status,
            count,
          }))}
          onChoose={(status) => choose({ statuses: status === undefined ? [] : [status] })}
        />
      )}
    </>
  )
}

interface ChoiceProps<V extends string> {
  label: string
  all: string
  value: V | undefined
  choices: readonly { value: V; name: string; count: number }[]
  onChoose(value: V | undefined): void
}

function Choice<V extends string>({ label, all, value, choices, onChoose }: ChoiceProps<V>) {
  const { t } = usePage()
  return (
    <select
      aria-label={label}
      value={value === undefined ? '' : `=${value}`}
      onChange={({ currentTarget }) =>
        onChoose(choices.find((choice) => `=${choice.value}` === currentTarget.value)?.value)
      }
    >
      <option value="">{all}</option>
      {choices.map(({ value: each, name, count }) => (
        <option key={each} value={`=${each}`}>
          {name} ({t.format.number(count)})
        </option>
      ))}
    </select>
  )
}
