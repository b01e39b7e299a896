import { HandOverReason } from '@clew/contract/conversations'
import { Locale } from '@clew/contract/primitives'
import { caseFields } from '@clew/intake'
import { z } from 'zod'
import { type ModelTool, modelTool } from '../../../platform/model-provider/index.ts'
import type { Brief } from './brief.ts'

const short = z.string().max(500)

/** The desk, as a model may use it: words come in with tokens put back, and go out with everything hidden. */
export function toolsOf({ desk, hide, bench }: Brief): Record<string, ModelTool> {
  const back = (text: string): string => bench.restore(text) ?? text
  return {
    search_help: modelTool({
      description: 'Searches the help centre. The passages found may be cited by their ids.',
      input: z.object({ query: short, locale: Locale }),
      run: ({ query, locale }) => hide(desk.searchHelp({ query: back(query), locale })),
    }),
    get_article: modelTool({
      description: 'Reads an article of the help centre, passage by passage.',
      input: z.object({ slug: short }),
      run: (asked) => hide(desk.getArticle(asked)),
    }),
    get_status: modelTool({
      description: 'Reads which incidents are open now.',
      input: z.object({}),
      run: () => hide(desk.getStatus()),
    }),
    get_flow_step: modelTool({
      description: 'Reads one step of the checks that the product can walk through with the person.',
      input: z.object({ flow: short, step: short }),
      run: (asked) => hide(desk.getFlowStep(asked)),
    }),
    set_slot: modelTool({
      description: 'Proposes a fact of the case. `quote` is the exact words of the newest message that say it.',
      input: z.object({ name: z.enum(caseFields), value: short.optional(), quote: short }),
      run: ({ name, quote }) => desk.setSlot({ name, quote: back(quote) }),
    }),
    propose_flow: modelTool({
      description: 'Proposes to offer the checks of an article to the person.',
      input: z.object({ flow: short }),
      run: (asked) => desk.proposeFlow(asked),
    }),
    propose_handover: modelTool({
      description: 'Proposes that a person of the team takes over.',
      input: z.object({ reason: HandOverReason }),
      run: (asked) => desk.proposeHandOver(asked),
    }),
  }
}
