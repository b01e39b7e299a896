import type { Macro } from '@clew/contract/macros'
import type { MacroRow } from './model.ts'

export const macroView = ({ createdAt, createdBy, changedAt, changedBy, tags, ...row }: MacroRow): Macro => ({
  ...row,
  tags: [...tags],
  createdAt: createdAt.toISOString(),
  changedAt: changedAt.toISOString(),
  ...(createdBy === undefined ? {} : { createdBy }),
  ...(changedBy === undefined ? {} : { changedBy }),
})
