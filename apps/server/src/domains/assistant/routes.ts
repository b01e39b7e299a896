import type { SanitisingPolicy } from '@clew/contract/captures'
import { maxAttachmentBytes } from '@clew/contract/files'
import { Locale } from '@clew/contract/primitives'
import { WidgetSettings } from '@clew/contract/sessions'
import type { OpenIncidentLine } from '@clew/contract/status'
import { z } from 'zod'
import { type AnyRoute, ok, route } from '../../platform/routes.ts'
import { words } from './words.ts'

export type BubbleParts = {
  brand: string
  maxCaptureBytes: number
  sanitising: SanitisingPolicy
  baseUrl(): string
  isTeamOnline(): boolean
  openIncidents(locale: Locale): OpenIncidentLine[]
}

const suggestions = [
  'assistant.suggestion_upload',
  'assistant.suggestion_accounts',
  'assistant.suggestion_request_id',
] as const

export const assistantRoutes = (parts: BubbleParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/widget/settings',
    audience: 'public',
    summary: 'What the bubble needs to begin',
    query: z.object({ locale: Locale.default('en') }),
    responses: { 200: WidgetSettings },
    run: async (_ctx, { query: { locale } }) =>
      ok({
        brand: parts.brand,
        locale,
        suggestions: suggestions.map((key) => words[locale](key)),
        maxAttachmentBytes,
        maxCaptureBytes: parts.maxCaptureBytes,
        sanitising: parts.sanitising,
        agentsOnline: parts.isTeamOnline(),
        openIncidents: parts.openIncidents(locale),
        frameUrl: '/widget/frame',
        helpCentreUrl: `${parts.baseUrl()}/${locale}`,
      }),
  }),
]
