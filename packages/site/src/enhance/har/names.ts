/** "trace.har" and "trace.har.gz" → "trace.clean.har", so that nobody sends the other one by mistake. */
export const cleanName = (name: string): string =>
  `${name.replace(/(?:\.har)?(?:\.json|\.har|\.txt)?(?:\.gz)?$/i, '') || 'capture'}.clean.har`
