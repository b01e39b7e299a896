import { Knot, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { FlowWalk } from '../views.ts'

interface Props {
  walk: FlowWalk
  slug: string
  site: Site
}

/** The flow of an article, one step at a time. Every answer is a link, so it works without a script. */
export function ArticleWalk({ walk, slug, site }: Props) {
  const { t } = site
  const rail = walk.minutes !== undefined && t('site.step_minutes', { minutes: walk.minutes })
  return (
    <Strip as="section" class="artpart walk" labelledBy="walk" live rail={rail} knot={<Knot shape="ring" />}>
      <h2 id="walk" class="h2">
        {t('site.walk_title')}
      </h2>
      {walk.state === 'offered' ? (
        <>
          <p class="muted">{t('site.walk_about')}</p>
          <p class="btns">
            <a class="btn" href={walk.startHref} rel="nofollow">
              {t('site.walk_start')}
            </a>
          </p>
        </>
      ) : (
        <Standing walk={walk} slug={slug} site={site} />
      )}
    </Strip>
  )
}

function Standing({ walk, slug, site }: Props) {
  const { t, paths, locale } = site
  return (
    <>
      <div class="read" role="status">
        {walk.said.map(({ title, text }, index) => (
          <div key={`${index} ${title}`}>
            {title !== undefined && <h3>{title}</h3>}
            {text?.split('\n').map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
        ))}
        {walk.state === 'done' && <p>{t('site.walk_done')}</p>}
        {walk.state === 'handover' && <p>{t('site.walk_handover')}</p>}
      </div>
      <p class="btns">
        {walk.replies.map(({ label, href }) => (
          <a key={href} class="btn" href={href} rel="nofollow">
            {label}
          </a>
        ))}
        {walk.skipHref !== undefined && (
          <a class="btn" href={walk.skipHref} rel="nofollow">
            {t('site.walk_skip')}
          </a>
        )}
        {walk.state === 'handover' && (
          <a class="btn main" href={paths.contact(locale, { article: slug })}>
            {t('site.open_case_with_this')}
          </a>
        )}
      </p>
      <p class="btns">
        {walk.backHref !== undefined && (
          <a class="btn plain" href={walk.backHref} rel="nofollow">
            {t('site.walk_back')}
          </a>
        )}
        <a class="btn plain" href={paths.article(locale, slug)}>
          {t('site.walk_leave')}
        </a>
      </p>
    </>
  )
}
