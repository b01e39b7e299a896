import { slotReaders } from '@clew/flows/flow'
import { isOwnSlot } from '@clew/flows/slots'
import controls from '../../app/ui/controls.module.css'
import { getAt, type Path } from './document.ts'
import { useEditor } from './editor-context.tsx'
import styles from './fields.module.css'
import { ChoiceField, ListField } from './fields.tsx'
import { useFlowsT } from './words.ts'

/** A rule that finds the answer in what somebody said, so that it need not be asked. For slots of the flow's own. */
export function ReadField({ slot, path }: { slot: string; path: Path }) {
  const t = useFlowsT()
  const { flow } = useEditor()
  const place = [...path, 'read']
  if (!isOwnSlot(slot) && getAt(flow, place) === undefined) return null
  return (
    <ChoiceField
      label={t('flows.read')}
      path={place}
      hint={t('flows.read_hint')}
      none={t('flows.read_none')}
      options={slotReaders.map((value) => ({ value, label: t('flows.read_http_status') }))}
    />
  )
}

/** How people say a reply in their own words, in both languages. */
export function SaidFields({ path }: { path: Path }) {
  const t = useFlowsT()
  const { flow, dispatch, mayEdit } = useEditor()
  const place = [...path, 'said']
  const said = getAt(flow, place)
  const write = (value: object | undefined) => dispatch({ type: 'set', path: place, value })
  if (said === undefined)
    return mayEdit ? (
      <button type="button" className={controls.link} onClick={() => write({ en: [], el: [] })}>
        {t('flows.said_add')}
      </button>
    ) : null
  return (
    <fieldset className={styles.pair}>
      <legend className={controls.label}>{t('flows.said')}</legend>
      <p className={controls.hint}>{t('flows.said_hint')}</p>
      <ListField
        label={t('flows.phrases_en')}
        path={[...place, 'en']}
        hint={t('flows.phrases_hint')}
        isLines
        isRequired
      />
      <ListField
        label={t('flows.phrases_el')}
        path={[...place, 'el']}
        hint={t('flows.phrases_hint')}
        isLines
        isRequired
      />
      {mayEdit && (
        <button type="button" className={controls.link} onClick={() => write(undefined)}>
          {t('flows.said_remove')}
        </button>
      )}
    </fieldset>
  )
}
