import { withMasks } from '../text/rich-text.ts'
import { useCaseWords } from './case-words.ts'
import { usePanel } from './context.ts'
import { factText } from './fact-text.ts'
import { Row } from './row.tsx'
import { currentConversation } from './state.ts'

/** At handover: what the next person knows already, so that nothing is asked twice. */
export function KnownCard() {
  const { t, state, actions } = usePanel()
  const words = useCaseWords()
  const shown = currentConversation(state)
  const facts = shown?.case.facts ?? []
  if (words === undefined || shown === undefined || facts.length === 0) return null
  const { assignee } = shown.conversation
  const [first] = facts
  return (
    <Row knot={{ kind: 'shape', shape: 'dot', tone: 'pine' }}>
      <div class="card">
        <p class="note">
          {assignee === undefined ? words('case.known_title') : words('case.known_by', { name: assignee.name })}
        </p>
        <dl>
          {facts.map((fact) => (
            <div key={fact.field}>
              <dt>{t(`widget.field_${fact.field}`)}</dt>
              <dd>{withMasks(factText(fact, words), t('widget.masked_here'))}</dd>
            </div>
          ))}
        </dl>
        {first !== undefined && (
          <button type="button" class="link" onClick={() => actions.ask(first.field)}>
            {words('case.known_correct')}
          </button>
        )}
      </div>
    </Row>
  )
}
