import {
  PolicyChangeList,
  PolicyName,
  PolicyPreview,
  type PolicyValue,
  policyNames,
  previewBody,
  SecurityPolicies,
  saveBody,
} from '@clew/contract/security-policies'
import { z } from 'zod'
import { type AnyRoute, ok, route } from '../../platform/routes.ts'
import type { PolicyParts } from './policy-facts.ts'
import { readPolicies, readPolicyChanges } from './use-cases/policies/read-policies.ts'
import { previewPolicy, savePolicy } from './use-cases/policies/save-policy.ts'

const audience = 'member' as const

export const policyRoutes = (parts: PolicyParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/console/policies',
    audience,
    summary: 'Every security rule of the organisation as it stands',
    responses: { 200: SecurityPolicies },
    run: async (ctx) => ok(await readPolicies(ctx)),
  }),
  route({
    method: 'GET',
    path: '/console/policies/:name/changes',
    audience,
    summary: 'Who changed a rule, from what to what, and what it did',
    params: z.object({ name: PolicyName }),
    responses: { 200: PolicyChangeList },
    run: async (ctx, { params }) => ok(await readPolicyChanges(ctx, params.name)),
  }),
  ...policyNames.flatMap((name) => routesOf(name, parts)),
]

/** Each rule has routes of its own, so that its value is known to whoever reads the list of routes. */
const routesOf = <N extends PolicyName>(name: N, parts: PolicyParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: `/console/policies/${name}/preview`,
    audience,
    summary: `What saving the rule ${name} would do`,
    body: previewBody(name),
    responses: { 200: PolicyPreview },
    limit: { perMinute: 120 },
    run: async (ctx, { body }) => ok(await previewPolicy(ctx, { name, value: valueIn<N>(body) }, parts)),
  }),
  route({
    method: 'PUT',
    path: `/console/policies/${name}`,
    audience,
    fresh: true,
    summary: `Save the rule ${name}`,
    body: saveBody(name),
    responses: { 200: SecurityPolicies },
    limit: { perMinute: 30 },
    run: async (ctx, { body }) => {
      const { version, confirmed } = body as unknown as { version: number; confirmed: boolean }
      await savePolicy(ctx, { name, value: valueIn<N>(body), version, confirmed }, parts)
      return ok(await readPolicies(ctx))
    },
  }),
]

/** The schema of the route has parsed it; the type of a schema that depends on a name is more than the compiler follows. */
const valueIn = <N extends PolicyName>(body: unknown): PolicyValue<N> => (body as { value: PolicyValue<N> }).value
