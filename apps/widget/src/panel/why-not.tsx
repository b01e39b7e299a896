import { fetchAgain } from '@clew/client/fetch-again'
import type { ThumbReason } from '@clew/contract/assistant-learning'
import { createT, type T } from '@clew/i18n'
import { Fragment } from 'preact'
import { useState } from 'preact/hooks'
import { usePanel } from './context.ts'
import { Row } from './row.tsx'
import { wordsOf } from './words.ts'

const useWords = wordsOf<T<'feedback'>>({
  en: async () => createT('en', (await fetchAgain(() => import('@clew/i18n/generated/feedback.en'))).catalogue),
  el: async () => createT('el', (await fetchAgain(() => import('@clew/i18n/generated/feedback.el'))).catalogue),
})

const reasons: readonly ThumbReason[] = ['wrong_article', 'not_clear', 'did_not_work', 'other']

/** Below "Still stuck": one tap that says why, for whoever writes the answers. Nobody has to. */
export function WhyNot() {
  const { t: panel, actions } = usePanel()
  const t = useWords()
  const [isGiven, setGiven] = useState(false)
  if (t === undefined) return null
  const give = (reason: ThumbReason) => {
    setGiven(true)
    actions.giveThumbReason(reason).catch(() => {
      setGiven(false)
      actions.say(panel('widget.error_network'))
    })
  }
  return (
    <Row>
      <p class="note" role="status">
        {t(isGiven ? 'feedback.thanks' : 'feedback.why')}
      </p>
      {!isGiven && (
        <p>
          {reasons.map((reason, place) => (
            <Fragment key={reason}>
              {place > 0 && ' · '}
              <button type="button" class="link plain" onClick={() => give(reason)}>
                {t(`feedback.${reason}`)}
              </button>
            </Fragment>
          ))}
        </p>
      )}
    </Row>
  )
}
