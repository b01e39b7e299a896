import { caseSlots, slotType } from '@clew/flows/slots'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { getAt, type Path } from './document.ts'
import { useEditor } from './editor-context.tsx'
import styles from './fields.module.css'
import { Details, ListField, TextField } from './fields.tsx'
import { slotName } from './names.ts'
import { type SlotKey, ValueField } from './pickers.tsx'
import { useFlowsT } from './words.ts'

/** What happens besides: marks, facts, an article. */
export function EffectsField({ path, withArticle = true }: { path: Path; withArticle?: boolean }) {
  const t = useFlowsT()
  const { flow } = useEditor()
  const has = ['tags', 'set', 'article'].some((key) => getAt(flow, [...path, key]) !== undefined)
  return (
    <Details title={t('flows.effects')} isOpen={has}>
      <ListField label={t('flows.tags')} path={[...path, 'tags']} hint={t('flows.tags_hint')} />
      {withArticle && (
        <TextField
          label={t('flows.article')}
          path={[...path, 'article']}
          hint={t('flows.article_hint')}
          max={80}
          isOptional
        />
      )}
      <FactsField path={[...path, 'set']} />
    </Details>
  )
}

/** Facts that follow, one row each. */
function FactsField({ path }: { path: Path }) {
  const t = useFlowsT()
  const { flow, dispatch, mayEdit } = useEditor()
  const facts = (getAt(flow, path) ?? {}) as Record<string, string | number | boolean>
  const write = (next: object) =>
    dispatch({ type: 'set', path, value: Object.keys(next).length === 0 ? undefined : next })
  const without = (slot: string) => Object.fromEntries(Object.entries(facts).filter(([name]) => name !== slot))
  const free = (Object.keys(caseSlots) as SlotKey[]).filter((slot) => !Object.hasOwn(facts, slot))
  return (
    <div className={styles.field}>
      <span className={controls.label}>{t('flows.facts')}</span>
      {Object.keys(facts).map((slot) => (
        <div key={slot} className={styles.fact}>
          <ValueField
            label={slotName(t, slot)}
            slot={slot}
            path={[...path, slot]}
            onChange={(value) => write({ ...facts, [slot]: value })}
          />
          {mayEdit && (
            <button
              type="button"
              className={controls.plain}
              onClick={() => write(without(slot))}
              aria-label={t('flows.remove_fact', { slot: slotName(t, slot) })}
            >
              ×
            </button>
          )}
        </div>
      ))}
      {mayEdit && (
        <Select
          aria-label={t('flows.add_fact')}
          value=""
          onChange={({ target }) => write({ ...facts, [target.value]: firstValue(target.value) })}
        >
          <option value="">{t('flows.add_fact')}</option>
          {free.map((slot) => (
            <option key={slot} value={slot}>
              {slotName(t, slot)}
            </option>
          ))}
        </Select>
      )}
    </div>
  )
}

function firstValue(slot: string): string | boolean {
  const type = slotType(slot)
  if (type === 'yes-no') return true
  return typeof type === 'object' ? (type[0] ?? '') : ''
}
