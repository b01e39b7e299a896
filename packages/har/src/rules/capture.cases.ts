import { entry, page } from '../test-support.ts'
import type { RuleCase } from './testing.ts'

/** What the recording itself lacks; the steps one by one are in `capture-quality.test.ts`. */
export const CAPTURE_CASES: readonly RuleCase[] = [
  {
    rule: 'capture-quality',
    shows: [],
    nearMisses: {
      'a page that failed': [page({ status: 500 })],
      'a page that was slow': [page(), entry({ timings: { wait: 4_000 } })],
    },
  },
]
