import { ComponentId, IncidentId } from '@clew/contract/primitives'
import {
  ComponentList,
  CorrectIncident,
  CorrectUpdate,
  Incident,
  IncidentList,
  ListIncidents,
  OpenIncident,
  PostUpdate,
  SaveComponent,
  SetComponentStatus,
  StatusComponent,
} from '@clew/contract/status'
import { z } from 'zod'
import { type AnyRoute, created, ok, once, route } from '../../platform/routes.ts'
import { correctIncident, correctUpdate } from './use-cases/correct-incident.ts'
import { openIncident } from './use-cases/open-incident.ts'
import { postUpdate } from './use-cases/post-update.ts'
import { readComponents, readIncident, readIncidents } from './use-cases/read-status.ts'
import { addComponent, editComponent } from './use-cases/save-component.ts'
import { setComponentStatus } from './use-cases/set-component-status.ts'

const component = z.object({ componentId: ComponentId })
const incident = z.object({ incidentId: IncidentId })

const componentRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/components',
    audience: 'team',
    summary: 'The components of the status page',
    responses: { 200: ComponentList },
    run: async (ctx) => ok(await readComponents(ctx)),
  }),
  route({
    method: 'POST',
    path: '/components',
    audience: 'team',
    summary: 'Add a component',
    body: SaveComponent,
    responses: { 201: StatusComponent },
    run: async (ctx, { body }) => created(await addComponent(ctx, body)),
  }),
  route({
    method: 'PUT',
    path: '/components/:componentId',
    audience: 'team',
    summary: 'Change what a component is called and by which words it is known',
    params: component,
    body: SaveComponent,
    responses: { 200: StatusComponent },
    run: async (ctx, { params, body }) => ok(await editComponent(ctx, params.componentId, body)),
  }),
  route({
    method: 'PUT',
    path: '/components/:componentId/status',
    audience: 'team',
    summary: 'Say how a component is, without an incident',
    params: component,
    body: SetComponentStatus,
    responses: { 200: StatusComponent },
    run: async (ctx, { params, body }) => ok(await setComponentStatus(ctx, params.componentId, body.status)),
  }),
]

const incidentRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/incidents',
    audience: 'team',
    summary: 'Incidents, open ones first',
    query: ListIncidents,
    responses: { 200: IncidentList },
    run: async (ctx, { query }) => ok(await readIncidents(ctx, query.limit)),
  }),
  route({
    method: 'POST',
    path: '/incidents',
    audience: 'team',
    summary: 'Open an incident with its first update',
    body: OpenIncident,
    responses: { 200: Incident, 201: Incident },
    run: async (ctx, { body }) => {
      const { incident: opened, repeated } = await openIncident(ctx, body)
      return once({ repeated, body: opened })
    },
  }),
  route({
    method: 'GET',
    path: '/incidents/:incidentId',
    audience: 'team',
    summary: 'An incident with its updates',
    params: incident,
    responses: { 200: Incident },
    run: async (ctx, { params }) => ok(await readIncident(ctx, params.incidentId)),
  }),
  route({
    method: 'PATCH',
    path: '/incidents/:incidentId',
    audience: 'team',
    summary: 'Correct the title, the impact or the beginning of an incident',
    params: incident,
    body: CorrectIncident,
    responses: { 200: Incident },
    run: async (ctx, { params, body }) => ok(await correctIncident(ctx, params.incidentId, body)),
  }),
  route({
    method: 'POST',
    path: '/incidents/:incidentId/updates',
    audience: 'team',
    summary: 'Say what is new about an incident; `resolved` ends it',
    params: incident,
    body: PostUpdate,
    responses: { 200: Incident, 201: Incident },
    run: async (ctx, { params, body }) => {
      const { incident: posted, repeated } = await postUpdate(ctx, params.incidentId, body)
      return once({ repeated, body: posted })
    },
  }),
  route({
    method: 'PATCH',
    path: '/incidents/:incidentId/updates/:updateId',
    audience: 'team',
    summary: 'Correct the words of an update',
    params: incident.extend({ updateId: z.uuid() }),
    body: CorrectUpdate,
    responses: { 200: Incident },
    run: async (ctx, { params, body }) => ok(await correctUpdate(ctx, params, body)),
  }),
]

export const statusRoutes: readonly AnyRoute[] = [...componentRoutes, ...incidentRoutes]
