import type { ComponentStatus, StatusComponent } from '@clew/contract/status'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import { statusApi, useChange } from './api.ts'
import { ComponentForm } from './component-form.tsx'
import styles from './status.module.css'
import { componentStatuses, looks, textIn } from './status-model.ts'
import { useOpener } from './use-opener.ts'
import { useStatusT } from './words.ts'

/** Every component with its state, which can be set here without an incident. */
export function ComponentListing({ components }: { components: readonly StatusComponent[] }) {
  const t = useStatusT()
  const adding = useOpener()
  return (
    <section aria-labelledby="status-components">
      <RailRow className={sheet.part} margin={t('status.margin_now')}>
        <h2 id="status-components">{t('status.components')}</h2>
        <p className={controls.hint}>
          {components.length === 0 ? t('status.no_components') : t('status.components_hint')}
        </p>
      </RailRow>
      <ul>
        {components.map((component) => (
          <ComponentRow key={component.id} component={component} components={components} />
        ))}
      </ul>
      <RailRow className={sheet.part}>
        <button type="button" className={controls.button} {...adding.button}>
          {t('status.add_component')}
        </button>
        {adding.isOpen && <ComponentForm components={components} onDone={adding.close} />}
      </RailRow>
    </section>
  )
}

type ComponentRowProps = { component: StatusComponent; components: readonly StatusComponent[] }

function ComponentRow({ component, components }: ComponentRowProps) {
  const t = useStatusT()
  const workspace = useT()
  const editing = useOpener()
  const set = useChange((status: ComponentStatus) => statusApi.setComponentStatus(component.id, status))
  const name = textIn(component.names, t.locale)
  // What was chosen shows at once; the answer of the server follows.
  const status = set.isPending ? (set.variables ?? component.status) : component.status
  return (
    <RailRow as="li" className={styles.component}>
      <div className={styles.line}>
        <span>
          <b>{name}</b>{' '}
          <button
            type="button"
            className={controls.link}
            aria-label={t('status.edit_component', { name })}
            {...editing.button}
          >
            {t('status.edit')}
          </button>
        </span>
        {!component.isGroup && (
          <span className={styles.state}>
            <Status {...looks[status]} hidden />
            <Select
              aria-label={t('status.component_state_of', { name })}
              value={status}
              onChange={(event) => set.mutate(event.target.value as ComponentStatus)}
            >
              {componentStatuses.map((each) => (
                <option key={each} value={each}>
                  {t(`status.component_${each}`)}
                </option>
              ))}
            </Select>
          </span>
        )}
      </div>
      <div role="alert">
        {set.error !== null && (
          <Status shape="major" tone="major">
            {errorText(workspace, set.error)}
          </Status>
        )}
      </div>
      {editing.isOpen && <ComponentForm component={component} components={components} onDone={editing.close} />}
    </RailRow>
  )
}
