import { Knot, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { ArticleFeedback, ArticleView } from '../views.ts'

interface Props {
  view: ArticleView
  site: Site
}

/** "Did it work?" and what comes after a no: a case that already knows this article. */
export function ArticleEnd({ view, site }: Props) {
  const { t } = site
  return (
    <Strip as="section" class="artend" labelledBy="feedback" knot={<Knot shape="ring" />}>
      <h2 id="feedback" class="h2">
        {t('site.feedback_title')}
      </h2>
      {view.feedback && <Question view={view} feedback={view.feedback} site={site} />}
      <Stuck view={view} site={site} />
      <div class="btns share">
        <button class="btn plain" type="button" data-copy-link data-done={t('site.link_copied')} hidden>
          {t('site.copy_link')}
        </button>
      </div>
    </Strip>
  )
}

function Question({ view, feedback, site }: Props & { feedback: ArticleFeedback }) {
  const { t, paths, locale } = site
  if (feedback.given === 'yes')
    return (
      <p class="muted" role="status">
        {t('site.feedback_thanks')}
      </p>
    )
  const pressed = feedback.given === 'no'
  return (
    <>
      {feedback.helped && <p class="muted">{t('site.feedback_helped', feedback.helped)}</p>}
      <form
        class="btns verd"
        method="post"
        action={paths.articleFeedback(locale, view.slug)}
        data-feedback
        data-thanks={t('site.feedback_thanks')}
      >
        {feedback.csrfToken !== undefined && <input type="hidden" name="csrf" value={feedback.csrfToken} />}
        <button class="btn" type="submit" name="helpful" value="yes">
          {t('site.feedback_yes')}
        </button>
        <button class="btn" type="submit" name="helpful" value="no" aria-pressed={pressed || undefined}>
          {t('site.feedback_no')}
        </button>
        <span class="echo" role="status" />
      </form>
    </>
  )
}

function Stuck({ view, site }: Props) {
  const { t, paths, locale } = site
  return (
    <div class="stuck" id="stuck">
      <h3>{t('site.stuck_title')}</h3>
      <p>{t('site.stuck_text')}</p>
      <dl class="known">
        <dt>{t('site.known_article')}</dt>
        <dd>{view.title}</dd>
        <dt data-tried hidden>
          {t('site.known_tried')}
        </dt>
        <dd data-tried data-tried-list hidden />
        {view.incident && (
          <>
            <dt>{t('site.known_incident')}</dt>
            <dd>{view.incident.title}</dd>
          </>
        )}
      </dl>
      <div class="btns">
        <a class="btn main" href={paths.contact(locale, { article: view.slug })} data-carry-tried>
          {t('site.open_case_with_this')}
        </a>
        {site.widgetSrc !== undefined && (
          <button class="btn" type="button" data-ask data-flow={view.flowId} hidden>
            {t('site.ask_in_chat')}
          </button>
        )}
      </div>
    </div>
  )
}
