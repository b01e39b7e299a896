/** What a message does. The meaning of each is in training/README.md. */
export const acts = [
  'problem',
  'question',
  'request-person',
  'dispute',
  'legal',
  'recovery',
  'danger',
  'appeal',
  'off-topic',
  'foreign-data',
  'injection',
  'unknown',
  'greeting',
  'thanks',
  'affirm',
  'deny',
  'anger',
  'unclear',
  'correction',
  'cancel',
  'skip',
  'repeat',
  'provide-info',
] as const

/** What a message is about; `-` where the act says it all. */
export const topics = [
  'upload',
  'har',
  'sso',
  'api',
  'streaming',
  'sign-in',
  'billing',
  'safety',
  'outage',
  'admin',
  'scim',
  'audit',
  'usage',
  'privacy',
  'contact',
  'request-id',
  'custom-assistant',
  'general',
  '-',
] as const

export type Act = (typeof acts)[number]
export type Topic = (typeof topics)[number]
export type TrainingPhrase = { act: Act; topic: Topic; text: string }

/** Reads blocks of `# act topic` and one phrase a line; throws with the line number, so a typing error is found at once. */
export function parsePhrases(text: string): TrainingPhrase[] {
  const phrases: TrainingPhrase[] = []
  let label: { act: Act; topic: Topic } | undefined
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '') continue
    if (line.startsWith('# ')) {
      label = readLabel(line, index + 1)
      continue
    }
    if (label === undefined) throw new Error(`Line ${index + 1}: a phrase before the first label`)
    phrases.push({ ...label, text: line.replaceAll('⏎', '\n') })
  }
  return phrases
}

function readLabel(line: string, number: number): { act: Act; topic: Topic } {
  const [, actName, topicName] = /^# (\S+) (\S+)$/.exec(line) ?? []
  const act = acts.find((known) => known === actName)
  const topic = topics.find((known) => known === topicName)
  if (act === undefined || topic === undefined) throw new Error(`Line ${number}: not a label “# act topic”: ${line}`)
  return { act, topic }
}
