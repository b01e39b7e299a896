import {
  Connector,
  ConnectorTest,
  LookUpRequest,
  RequestLookupList,
  SaveConnector,
  SavedConnector,
} from '@clew/contract/connectors'
import { ConversationId } from '@clew/contract/primitives'
import { z } from 'zod'
import { type AnyRoute, ok, route } from '../../platform/routes.ts'
import type { ConnectorParts } from './consult-logs.ts'
import { askLogsAgain, readLookups } from './use-cases/ask-logs-again.ts'
import { readConnector, saveConnector, testConnector } from './use-cases/manage-connector.ts'

const params = z.object({ conversationId: ConversationId })

export const connectorRoutes = (parts: ConnectorParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/conversations/:conversationId/lookups',
    audience: 'team',
    summary: "What the product's own logs know of the request ids of a case",
    params,
    responses: { 200: RequestLookupList },
    run: async (ctx, input) => ok(await readLookups(ctx, input.params.conversationId, parts)),
  }),
  route({
    method: 'POST',
    path: '/conversations/:conversationId/lookups',
    audience: 'team',
    summary: 'Look a request id of the case up now',
    params,
    body: LookUpRequest,
    responses: { 200: RequestLookupList },
    limit: { perMinute: 30 },
    run: async (ctx, input) => ok(await askLogsAgain(ctx, { ...input.params, ...input.body }, parts)),
  }),
  route({
    method: 'GET',
    path: '/connector',
    audience: 'team',
    summary: 'Where request ids are looked up, and the last calls',
    responses: { 200: Connector },
    run: async (ctx) => ok(await readConnector(ctx, parts)),
  }),
  route({
    method: 'PUT',
    path: '/connector',
    audience: 'team',
    personOnly: true,
    summary: 'Save where request ids are looked up; a new secret is in the answer and never shown again',
    body: SaveConnector,
    responses: { 200: SavedConnector },
    limit: { perMinute: 30 },
    run: async (ctx, { body }) => ok(await saveConnector(ctx, body, parts)),
  }),
  route({
    method: 'POST',
    path: '/connector/test',
    audience: 'team',
    personOnly: true,
    summary: 'Look one request id up, for no case',
    body: LookUpRequest,
    responses: { 200: ConnectorTest },
    limit: { perMinute: 10 },
    run: async (ctx, { body }) => ok(await testConnector(ctx, body.requestId, parts)),
  }),
]
