import { briefAt, type HandedOver } from '@clew/client/brief'
import type { HandOverBrief } from '@clew/contract/conversations'
import { type CaseT, useCaseWords } from './case-words.ts'
import { usePanel } from './context.ts'
import { Row } from './row.tsx'
import { currentConversation } from './state.ts'

/** The assistant has called a person: why, and what that person knows already. */
export function HandedOverRow({ at, activity }: { at: string; activity: HandedOver }) {
  const { state } = usePanel()
  const words = useCaseWords()
  const shown = currentConversation(state)
  if (words === undefined) return null
  return (
    <Row at={at} knot={{ kind: 'shape', shape: 'ring' }}>
      <p>
        <b>{words('case.handed_over')}</b>
      </p>
      <p class="note">{words(`case.handed_over_${activity.reason}`)}</p>
      {shown !== undefined && <Fold brief={briefAt(activity, shown)} words={words} />}
    </Row>
  )
}

function Fold({ brief: { given, tried, articles, language }, words }: { brief: HandOverBrief; words: CaseT }) {
  const { t, actions } = usePanel()
  if (given.length + tried.length + articles.length === 0) return null
  return (
    <details class="fold">
      <summary>{words('case.fold')}</summary>
      <dl>
        {given.length > 0 && (
          <div>
            <dt>{words('case.fold_given')}</dt>
            <dd>{given.map((field) => t(`widget.field_${field}`)).join(', ')}</dd>
          </div>
        )}
        {tried.length > 0 && (
          <div>
            <dt>{words('case.fold_tried')}</dt>
            {tried.map(({ id, title, outcome }) => (
              <dd key={id} lang={language}>
                {title} <span class="note">{t(`widget.step_${outcome}`)}</span>
              </dd>
            ))}
          </div>
        )}
        {articles.length > 0 && (
          <div>
            <dt>{words('case.fold_articles')}</dt>
            {articles.map(({ slug, title }) => (
              <dd key={slug} lang={language}>
                <button type="button" class="link" onClick={() => void actions.openArticle(slug, language)}>
                  {title}
                </button>
              </dd>
            ))}
          </div>
        )}
      </dl>
      <p class="note">{words('case.fold_not_again')}</p>
    </details>
  )
}
