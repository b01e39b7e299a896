/** What one flow may hold. A quick reply's id is `flow:<flow>:<step>:<reply>` in at most 80 characters: hence ids of 24. */
export const limits = {
  idLength: 24,
  steps: 60,
  replies: 8,
  cases: 12,
  tags: 5,
  phrases: 40,
  phraseLength: 120,
  titleLength: 120,
  labelLength: 80,
  textLength: 1200,
  valueLength: 120,
  minutes: 120,
  yamlBytes: 256_000,
  yamlDepth: 16,
  /** Answers in one run; one that goes round longer is for a person. */
  records: 200,
  /** Flows that lead on to one another. */
  chain: 4,
} as const
