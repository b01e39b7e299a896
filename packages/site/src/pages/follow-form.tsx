import { Shape } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { FollowAsked, IncidentStory } from '../views.ts'

/** Asks to be told by mail when an incident is over. Folded: most only read. It works without any script. */
export function FollowForm({ incident, site }: { incident: IncidentStory; site: Site }) {
  return (
    <details class="follow">
      <summary>{site.t('site.follow')}</summary>
      <FollowFields asked={{ incident: incident.id }} site={site} />
    </details>
  )
}

/** With what was filled in before, where that could not be used. */
export function FollowFields({ asked, site }: { asked: FollowAsked; site: Site }) {
  const { t, paths, locale } = site
  const { incident, email, every = false } = asked
  const id = `follow-${incident}`
  return (
    <form method="post" action={paths.statusFollow(locale)}>
      <input type="hidden" name="incident" value={incident} />
      <div class="field">
        <label for={id}>{t('site.follow_email')}</label>
        <input
          id={id}
          name="email"
          type="email"
          value={email}
          autocomplete="email"
          maxLength={254}
          required
          {...(email === undefined ? {} : { 'aria-invalid': 'true', 'aria-describedby': `${id}-error` })}
          autofocus={email !== undefined}
        />
        {email !== undefined && (
          <p class="error major" id={`${id}-error`}>
            <Shape name="major" />
            {t('site.follow_error_email')}
          </p>
        )}
      </div>
      <label class="every">
        <input type="checkbox" name="every" value="1" checked={every} />
        {t('site.follow_every')}
      </label>
      <p class="btns">
        <button class="btn main" type="submit">
          {t('site.follow_ask')}
        </button>
      </p>
    </form>
  )
}
