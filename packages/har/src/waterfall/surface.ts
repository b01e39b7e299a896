/** A canvas that is as sharp as the screen, whatever its zoom. */
export interface Surface {
  readonly context: CanvasRenderingContext2D
  readonly ratio: number
}

/** Gives the canvas the size of its box in device pixels; a new size also empties it. An opaque one is drawn faster. */
export function fitCanvas(
  canvas: HTMLCanvasElement,
  { width, height, isOpaque }: { width: number; height: number; isOpaque: boolean },
): Surface | undefined {
  const ratio = globalThis.devicePixelRatio || 1
  const wide = Math.max(1, Math.round(width * ratio))
  const tall = Math.max(1, Math.round(height * ratio))
  if (canvas.width !== wide) canvas.width = wide
  if (canvas.height !== tall) canvas.height = tall
  const context = canvas.getContext('2d', { alpha: !isOpaque })
  return context === null ? undefined : { context, ratio }
}

/** Calls back when anything that colours or letters depend on changes: the scheme, its choice by hand, a loaded face. */
export function watchLook(changed: () => void): () => void {
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query))
  for (const query of queries) query.addEventListener('change', changed)
  const root = new MutationObserver(changed)
  root.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] })
  document.fonts.addEventListener('loadingdone', changed)
  return () => {
    for (const query of queries) query.removeEventListener('change', changed)
    root.disconnect()
    document.fonts.removeEventListener('loadingdone', changed)
  }
}

/** At most one call in each frame, however often it is asked for. */
export function oncePerFrame(work: () => void): { ask(): void; cancel(): void } {
  let asked = 0
  const run = (): void => {
    asked = 0
    work()
  }
  return {
    ask: () => {
      if (asked === 0) asked = requestAnimationFrame(run)
    },
    cancel: () => {
      cancelAnimationFrame(asked)
      asked = 0
    },
  }
}
