export { bestPart, type Quote, quote } from './answering/quote.ts'
export { createDesk, type Desk, type Evidence } from './composing/desk.ts'
export { type Fence, fenceWith } from './composing/fence.ts'
export { type Order, ordersIn } from './composing/instructions.ts'
export {
  type Bench,
  type Judged,
  judgeReply,
  judgeSentence,
  tellFaults,
  type Written,
  type WrittenFault,
} from './composing/judge.ts'
export { mayCompose } from './composing/may-compose.ts'
export { type Heard, systemPrompt, turnPrompt } from './composing/prompt.ts'
export { bodyOf, type Composed, type ComposedStep, composedStep, type Draft } from './composing/reply.ts'
export { createTokens, type Tokens } from './composing/tokens.ts'
export type { Sentence } from './composing/verify.ts'
export { comeBack, type Dialogue, newDialogue } from './dialogue/dialogue.ts'
export { type State, states } from './dialogue/states.ts'
export { askedName, type Evaluated, evaluate, type Question } from './evaluation/evaluate.ts'
export { type Labelled, type Outcome, parseLabelled } from './evaluation/labelled.ts'
export { isRight, type JudgedLine, type Report, reportOn, type Share } from './evaluation/report.ts'
export type { Article, ArticleHit, Knowledge, KnownIncident, Library, Passage } from './knowledge.ts'
export { decided } from './policy/decide.ts'
export { createRouter, type Router } from './routing/router.ts'
export { parseChoice } from './turn/choice.ts'
export { reasonOf } from './turn/flow.ts'
export { toldIn } from './turn/heard.ts'
export { heardFrom, saidFor } from './turn/read-words.ts'
export type { Saying, Step, Turn, TurnEffect } from './turn/step.ts'
export { takeTurn } from './turn/take-turn.ts'
export { type Understanding, understand } from './understanding/understand.ts'
