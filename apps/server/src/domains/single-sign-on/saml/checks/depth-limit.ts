import type { Check } from '../refusal.ts'

export const maximumDepth = 64

const tag = /<(\/?)[A-Za-z_](?:[^<>"']|"[^"<]*"|'[^'<]*')*>/g

/** Counted on the text, so that nothing which recurses ever meets a deep tree. Comments hold no tags that count. */
export const depthLimit: Check<string> = {
  name: 'depth-limit',
  run: (text) => {
    let depth = 0
    for (const [whole, slash] of text.replace(/<!--[\s\S]*?-->/g, '').matchAll(tag)) {
      if (slash) depth -= 1
      else if (!whole.endsWith('/>')) depth += 1
      if (depth > maximumDepth) return { reason: 'saml.too_deep', expected: { depth: maximumDepth } }
    }
    return undefined
  },
}
