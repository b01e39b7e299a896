/** Content security policies (CSP level 3) of what this server shows. */
const join = (directives: Readonly<Record<string, string>>): string =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')

const nowhere = { 'base-uri': "'none'", 'frame-ancestors': "'none'" }

/** Help centre and what belongs to it: our own files and nothing else; no inline script, no inline style. */
export const sitePolicy = join({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  // Films that somebody shares, and in the bubble what was fetched with its session.
  'media-src': "'self' blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'form-action': "'self'",
  'worker-src': "'self'",
  'frame-src': "'self'",
  'manifest-src': "'self'",
  ...nowhere,
})

/** The nonce is for style elements that a library puts in to lock scrolling. */
export const workspacePolicy = (nonce: string): string =>
  join({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': `'self' 'nonce-${nonce}'`,
    'img-src': "'self' blob: data:",
    'media-src': "'self' blob:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'form-action': "'self'",
    'worker-src': "'self' blob:",
    'manifest-src': "'self'",
    ...nowhere,
  })

/** As strict as a host of the bubble can be: scripts by nonce only, and trusted types. */
export const demoPolicy = (nonce: string): string =>
  join({
    'default-src': "'none'",
    'script-src': `'nonce-${nonce}'`,
    'style-src': "'self'",
    'img-src': "'self' data: blob:",
    'media-src': "'self' blob:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'form-action': "'self'",
    'frame-src': "'self'",
    'require-trusted-types-for': "'script'",
    ...nowhere,
  })

/** The hidden frame in which a capture is cleaned: pages that may hold the bubble may hold it, and it reaches nothing but its own files. */
export const framePolicy = (ancestors: string): string =>
  join({
    'default-src': "'none'",
    'script-src': "'self'",
    'worker-src': "'self'",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': ancestors,
  })

/** A script file may become a worker, whose policy is then that of its own answer. */
export const scriptPolicy = join({ 'default-src': "'none'", 'script-src': "'self'", 'connect-src': "'self'" })

/** The worker that reads a person's capture holds all it needs: the browser itself lets it reach nothing. */
export const sealedPolicy = join({ 'default-src': "'none'" })

/** Keeps the HAR page and its files in the browser, and so has to fetch them. */
export const offlinePolicy = join({ 'default-src': "'none'", 'connect-src': "'self'" })

/** A drawing shown by itself may carry its own style and nothing that acts. */
export const drawingPolicy = join({ 'default-src': "'none'", 'style-src': "'unsafe-inline'" })
