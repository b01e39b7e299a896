import type { SanitisingPolicy } from '@clew/contract/captures'
import { maxAttachmentBytes } from '@clew/contract/files'
import { Locale, TimeZone } from '@clew/contract/primitives'
import { WidgetSettings } from '@clew/contract/sessions'
import type { OpenIncidentLine } from '@clew/contract/status'
import { z } from 'zod'
import { type AnyRoute, ok, route } from '../../platform/routes.ts'

/** What the team decides about the bubble, in the language it will speak. */
export type BubbleLook = Pick<
  WidgetSettings,
  'brand' | 'locale' | 'suggestions' | 'greeting' | 'hoursLine' | 'side' | 'colours'
>

export type BubbleParts = {
  /** How the team wants it, for a reader in a zone. */
  look(reader: { locale: Locale; timeZone: string | undefined }): BubbleLook
  maxCaptureBytes: number
  sanitising: SanitisingPolicy
  baseUrl(): string
  isTeamOnline(): boolean
  openIncidents(locale: Locale): OpenIncidentLine[]
}

export const assistantRoutes = (parts: BubbleParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/widget/settings',
    audience: 'public',
    summary: 'What the bubble needs to begin',
    query: z.object({ locale: Locale.default('en'), timeZone: TimeZone.optional().catch(undefined) }),
    responses: { 200: WidgetSettings },
    run: async (_ctx, { query }) => {
      const look = parts.look({ locale: query.locale, timeZone: query.timeZone })
      const { locale } = look
      return ok({
        ...look,
        maxAttachmentBytes,
        maxCaptureBytes: parts.maxCaptureBytes,
        sanitising: parts.sanitising,
        agentsOnline: parts.isTeamOnline(),
        openIncidents: parts.openIncidents(locale),
        frameUrl: '/widget/frame',
        helpCentreUrl: `${parts.baseUrl()}/${locale}`,
      })
    },
  }),
]
