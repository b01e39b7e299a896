import { useParams } from '@tanstack/react-router'
import { EditorScreen } from '../../features/flows/editor-screen.tsx'

export { FlowsScreen } from '../../features/flows/flows-screen.tsx'

export function FlowRoute() {
  const { flowId } = useParams({ from: '/signed-in/flows/$flowId' })
  return <EditorScreen key={flowId} flowId={flowId} />
}
