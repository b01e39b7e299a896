import type { Site } from '../site.ts'
import type { IncidentStory } from '../views.ts'

/** Asks to be told by mail when an incident is over. Folded: most only read. It works without any script. */
export function FollowForm({ incident, site }: { incident: IncidentStory; site: Site }) {
  const { t, paths, locale } = site
  const id = `follow-${incident.id}`
  return (
    <details class="follow">
      <summary>{t('site.follow')}</summary>
      <form method="post" action={paths.statusFollow(locale)}>
        <input type="hidden" name="incident" value={incident.id} />
        <p class="field">
          <label for={id}>{t('site.follow_email')}</label>
          <input id={id} name="email" type="email" autocomplete="email" maxLength={254} required />
        </p>
        <label class="every">
          <input type="checkbox" name="every" value="1" />
          {t('site.follow_every')}
        </label>
        <p class="btns">
          <button class="btn main" type="submit">
            {t('site.follow_ask')}
          </button>
        </p>
      </form>
    </details>
  )
}
