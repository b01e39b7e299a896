import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { caseNumber } from '../../features/conversations/names.ts'
import { CaptureScreen } from '../../features/har/capture-screen.tsx'
import { conversationQuery } from '../queries.ts'
import { useRouterSearch } from './use-router-search.ts'

export function CaptureRoute() {
  const { conversationId = '', captureId = '' } = useParams({ strict: false })
  const { entry } = useRouterSearch()
  const { data: state } = useQuery(conversationQuery(conversationId))
  const navigate = useNavigate()
  const show = (next: number | undefined) =>
    void navigate({
      to: '.',
      replace: true,
      search: ({ entry: _before, ...rest }) => (next === undefined ? rest : { ...rest, entry: next }),
    })
  return (
    <CaptureScreen
      conversationId={conversationId}
      captureId={captureId}
      entry={entry}
      back={state && caseNumber(state.conversation)}
      onEntry={show}
    />
  )
}
