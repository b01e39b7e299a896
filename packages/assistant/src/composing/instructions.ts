import { fold } from '@clew/text'

/** What speaks to a machine instead of a reader, by the kind of order that it gives. */
const orders = {
  addressed:
    /(?:assistants?|chat ?bots?|(?:language )?models?|llms?|an? ai|the ai|βοηθοσ|βοηθοι|μοντελο)(?!\p{L})[^.!?;\n]{0,60}(?:must|should|shall|have to|are to|is to|will now|need to|πρεπει|οφειλ|να απαντα|να λε)/u,
  ignore:
    /(?:ignore|disregard|forget|override|αγνοησ|ξεχασ|παρακαμψ)[^.!?;\n]{0,40}(?:instruction|rule|prompt|guideline|above|previous|earlier|before|οδηγι|κανον|προηγουμεν|παραπανω)/u,
  role: /(?:you are now|act as|pretend (?:to be|you)|from now on,? you|your new (?:role|task|instructions)|εισαι τωρα|απο εδω και περα|παριστανε)/u,
  prompt:
    /(?:system prompt|system message|developer message|your instructions|hidden instructions|οδηγιεσ συστηματοσ|<\/?(?:system|assistant|tool|instructions?)\b|\[\/?inst\]|###\s*(?:system|instruction))/u,
  reveal:
    /(?:(?:reveal|print|output|leak|αποκαλυψ)[^.!?;\n]{0,40}(?:prompt|instructions|api keys?|secrets?|passwords?|οδηγιεσ|κωδικ)|(?:repeat|επαναλαβ)[^.!?;\n]{0,30}(?:prompt|instructions))/u,
  tools: /(?:call|use|invoke|καλεσ)[^.!?;\n]{0,30}(?:the tool|function|set_slot|propose_|search_help|get_article)/u,
} as const satisfies Record<string, RegExp>

export type Order = keyof typeof orders

/** The kinds of order to a machine that a text holds. A help article speaks to people, so there should be none. */
export function ordersIn(text: string): Order[] {
  const folded = fold(plain(text))
  return (Object.keys(orders) as Order[]).filter((name) => orders[name].test(folded))
}

/** The text without the sentences that give orders to a machine: what is left may be rested on. */
export function withoutOrders(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line
        .split(/(?<=[.!?;·])\s+/)
        .filter((sentence) => ordersIn(sentence).length === 0)
        .join(' '),
    )
    .filter((line) => line.trim() !== '')
    .join('\n')
}

/** Signs that nobody sees, and letters spread apart, hide words from a search. */
const plain = (text: string): string => text.replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
