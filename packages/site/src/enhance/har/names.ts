/** "trace.har" → "trace.clean.har", so that nobody sends the other one by mistake. */
export const cleanName = (name: string): string =>
  `${name.replace(/(?:\.har)?(?:\.json|\.har|\.txt)?$/i, '') || 'capture'}.clean.har`
