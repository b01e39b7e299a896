import { usePanel } from './context.ts'
import { Row } from './row.tsx'

/** What is known to be wrong, before anybody writes about it. */
export function OpenIncidents() {
  const { t, state, actions } = usePanel()
  return (
    <>
      {(state.settings?.openIncidents ?? []).map(({ id, title, locale, state: shape, startedAt, url }) => (
        <Row key={id} at={startedAt} knot={{ kind: 'shape', shape, tone: shape }}>
          <p>
            <strong class={shape} {...(locale === t.locale ? {} : { lang: locale })}>
              <span class="hidden">{t(`widget.incident_${shape}`)}: </span>
              {title}
            </strong>
          </p>
          <p class="note">
            {t('widget.incident_known')}{' '}
            <a href={url} target="_blank" rel="noopener">
              {t('widget.incident_more')}
            </a>
          </p>
          <div class="choices">
            <button type="button" onClick={() => void actions.followIncident(id, title)}>
              {t('widget.follow')}
            </button>
          </div>
        </Row>
      ))}
    </>
  )
}
