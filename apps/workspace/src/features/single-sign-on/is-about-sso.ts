import type { ConversationState } from '@clew/client/conversation-state'

const reference = /\bSSO[-\s]?[0-9A-Z]{4}[-\s]?[0-9A-Z]{4}\b/i

/** The reference of a refused sign-in, as the contact wrote it last. */
export const writtenReference = ({ messages }: Pick<ConversationState, 'messages'>): string | undefined =>
  messages
    .filter(({ author }) => author.type === 'contact')
    .flatMap(({ body }) => reference.exec(body)?.[0] ?? [])
    .at(-1)

/** How often something was proposed or settled in it, for whoever cannot sign in. */
export const countRemedies = ({ messages }: Pick<ConversationState, 'messages'>): number =>
  messages.filter(({ activity }) => activity?.type === 'sign_in_remedy').length

export const isAboutSso = (state: Pick<ConversationState, 'case' | 'messages'>): boolean =>
  state.case.kind === 'sso' || state.case.kind === 'sign_in' || writtenReference(state) !== undefined
