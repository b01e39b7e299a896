import { z } from 'zod'

/** A flow by its name, for a page that asks for it. */
export const NamedFlow = z.object({ id: z.string(), title: z.string() }).meta({ id: 'NamedFlow' })
export type NamedFlow = z.infer<typeof NamedFlow>

/** A flow that was walked in a conversation, with what it says to the agent and for an administrator. For the team only. */
export const WalkedFlow = z
  .object({
    flowId: z.string(),
    title: z.string(),
    isOpen: z.boolean(),
    /** Where it stands now. */
    current: z.string().optional(),
    /** What the person said, so that it need not be asked. */
    answers: z.array(z.object({ title: z.string(), answer: z.string() })),
    notes: z.array(z.object({ stepId: z.string(), note: z.string().optional(), admin: z.string().optional() })),
  })
  .meta({ id: 'WalkedFlow' })
export type WalkedFlow = z.infer<typeof WalkedFlow>

export const WalkedFlowList = z.object({ flows: z.array(WalkedFlow) }).meta({ id: 'WalkedFlowList' })
export type WalkedFlowList = z.infer<typeof WalkedFlowList>
