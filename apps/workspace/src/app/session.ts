import type { AgentSession } from '@clew/contract/sessions'
import { useSuspenseQuery } from '@tanstack/react-query'
import { sessionQuery } from './queries.ts'

/** Who is signed in. The shell's route has made sure that someone is. */
export const useSession = (): AgentSession => useSuspenseQuery(sessionQuery).data

/** Somebody of the support team who answers people. Everyone else has only the console of their organisation. */
export const isAgentSession = ({ organisation, permissions }: AgentSession): boolean =>
  organisation.kind === 'support' && permissions.includes('conversations.answer')
