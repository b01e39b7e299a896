import { z } from 'zod'

/** A parameter that is given twice is a list. */
export const queryText = z.preprocess(
  (value) => (Array.isArray(value) ? value[0] : value),
  z
    .string()
    .transform((text) => text.replaceAll('\u0000', '').trim().slice(0, 500))
    .catch(''),
)
