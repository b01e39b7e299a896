import { createAgentApi } from '@clew/client/agent-api'
import { createHttp } from '@clew/client/http'
import { currentLocale } from './i18n.tsx'
import { withProof } from './sign-in/proof.ts'

export const http = withProof(createHttp({ baseUrl: '/api/v1', credentials: 'same-origin', locale: currentLocale }))
export const api = createAgentApi(http)
