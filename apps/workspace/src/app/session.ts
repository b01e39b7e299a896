import type { AgentSession } from '@clew/contract/sessions'
import { useSuspenseQuery } from '@tanstack/react-query'
import { sessionQuery } from './queries.ts'

/** Who is signed in. The shell's route has made sure that someone is. */
export const useSession = (): AgentSession => useSuspenseQuery(sessionQuery).data
