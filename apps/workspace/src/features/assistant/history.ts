import type { TryMessage } from '@clew/contract/assistant-learning'

type Said = NonNullable<NonNullable<TryMessage['context']>['history']>

/** Lines as they are typed; who is not named is the contact. */
export function historyOf(text: string): Said {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, from, rest] = /^(contact|assistant|agent)\s*:\s*(.*)$/i.exec(line) ?? []
      return from === undefined || rest === undefined
        ? { from: 'contact' as const, text: line }
        : { from: from.toLowerCase() as 'contact' | 'assistant' | 'agent', text: rest }
    })
}
