import { fold } from '@clew/text'
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'

/** What was typed, as it is looked for in a folded text; `%` and `_` mean themselves. */
export const likeText = (q: string): string => fold(q.trim()).replaceAll(/[\\%_]/g, '\\$&')

/** Whether a text has in it what was typed, whatever the case and the accents. For few rows: it has no index. */
export const foldedLike = (text: Expression<unknown>, q: string): RawBuilder<SqlBool> => sql<SqlBool>`
  (replace(regexp_replace(normalize(lower(${text}), NFKD), '[\\u0300-\\u036F]', '', 'g'), 'ς', 'σ')
    LIKE ${`%${likeText(q)}%`})`
