import type { Readable } from 'node:stream'
import {
  BrandLogo,
  ListSettingsChanges,
  MailDelivery,
  ModelTest,
  SaveBrand,
  SaveBubble,
  SaveHours,
  SaveLanguages,
  SaveModel,
  Settings,
  SettingsChangeList,
  TestModel,
} from '@clew/contract/settings'
import type { z } from 'zod'
import type { Ctx } from '../../platform/ctx.ts'
import { type AnyRoute, created, ok, route } from '../../platform/routes.ts'
import type { SettingsHolder } from './settings-holder.ts'
import { readMailDelivery } from './use-cases/read-mail-delivery.ts'
import { readSettings, readSettingsChanges } from './use-cases/read-settings.ts'
import { type SaveInput, saveSettings } from './use-cases/save-settings.ts'
import { uploadLogo } from './use-cases/store-logo.ts'
import { type TryModel, testModelSettings } from './use-cases/test-model.ts'
import type { LoaderFacts } from './views.settings.ts'

export type SettingsParts = {
  holder: SettingsHolder
  /** The bubble's script as it is served, with its hash. */
  loader(): Promise<LoaderFacts>
  tryModel: TryModel
  hasMailServer: boolean
}

export const settingsRoutes = (parts: SettingsParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/settings',
    audience: 'team',
    summary: 'What the team decided, beside the values of the operator',
    responses: { 200: Settings },
    run: async (ctx) => ok(await read(ctx, parts)),
  }),
  route({
    method: 'GET',
    path: '/settings/changes',
    audience: 'team',
    summary: 'Who changed what in one group of settings',
    query: ListSettingsChanges,
    responses: { 200: SettingsChangeList },
    run: async (ctx, { query }) => ok(await readSettingsChanges(ctx, query.group)),
  }),
  route({
    method: 'GET',
    path: '/settings/mail',
    audience: 'team',
    summary: 'Whether mail goes out: a mail server is set, and takes what is sent',
    responses: { 200: MailDelivery },
    run: async (ctx) => ok(await readMailDelivery(ctx, parts)),
  }),
  saving(parts, { group: 'brand', body: SaveBrand, summary: 'Save name, addresses, colour and logo' }),
  saving(parts, { group: 'hours', body: SaveHours, summary: 'Save when people answer' }),
  saving(parts, { group: 'languages', body: SaveLanguages, summary: 'Save which languages are offered' }),
  saving(parts, { group: 'bubble', body: SaveBubble, summary: 'Save where the bubble shows and what it says' }),
  saving(parts, { group: 'model', body: SaveModel, summary: 'Save which model is asked' }),
  route({
    method: 'POST',
    path: '/settings/logo',
    audience: 'team',
    summary: 'Upload a logo; the body is the picture itself',
    responses: { 201: BrandLogo },
    rawBody: true,
    limit: { perMinute: 20 },
    run: async (ctx, { request }) => created(await uploadLogo(ctx, request.body as Readable | undefined)),
  }),
  route({
    method: 'POST',
    path: '/settings/model/test',
    audience: 'team',
    summary: 'Ask the model one small question',
    body: TestModel,
    responses: { 200: ModelTest },
    limit: { perMinute: 10 },
    run: async (ctx, { body }) => ok(await testModelSettings(ctx, body, parts)),
  }),
]

const read = async (ctx: Ctx, { holder, loader }: SettingsParts) => readSettings(ctx, holder, await loader())

type Saving = { group: SaveInput['group']; body: z.ZodType<Omit<SaveInput, 'group'>>; summary: string }

const saving = (parts: SettingsParts, { group, body, summary }: Saving): AnyRoute =>
  route({
    method: 'PUT',
    path: `/settings/${group}`,
    audience: 'team',
    summary,
    body,
    responses: { 200: Settings },
    limit: { perMinute: 30 },
    run: async (ctx, { body: input }) => {
      await saveSettings(ctx, { group, ...input }, parts.holder)
      return ok(await read(ctx, parts))
    },
  })
