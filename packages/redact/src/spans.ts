/** A part of a text that a detector wants gone. */
export interface Span<Kind extends string = string> {
  start: number
  end: number
  kind: Kind
}

/** Orders spans and drops those inside or overlapping an earlier-listed (more certain) one. */
export function resolveOverlaps<Kind extends string>(spans: readonly Span<Kind>[]): Span<Kind>[] {
  const ranked = spans
    .map((span, rank) => ({ span, rank }))
    .sort((a, b) => a.span.start - b.span.start || a.rank - b.rank)
  const kept: { span: Span<Kind>; rank: number }[] = []
  for (const candidate of ranked) {
    const last = kept.at(-1)
    if (last === undefined || candidate.span.start >= last.span.end) kept.push(candidate)
    else kept[kept.length - 1] = joined(last, candidate)
  }
  return kept.map(({ span }) => span)
}

/** Two detectors that overlap: everything either of them saw goes, named by the more certain one. */
function joined<Kind extends string>(
  a: { span: Span<Kind>; rank: number },
  b: { span: Span<Kind>; rank: number },
): { span: Span<Kind>; rank: number } {
  const certain = a.rank <= b.rank ? a : b
  return {
    rank: certain.rank,
    span: {
      start: Math.min(a.span.start, b.span.start),
      end: Math.max(a.span.end, b.span.end),
      kind: certain.span.kind,
    },
  }
}

export function replaceSpans<Kind extends string>(
  text: string,
  spans: readonly Span<Kind>[],
  replacementOf: (span: Span<Kind>, value: string) => string,
): string {
  let out = ''
  let at = 0
  for (const span of spans) {
    out += text.slice(at, span.start) + replacementOf(span, text.slice(span.start, span.end))
    at = span.end
  }
  return at === 0 ? text : out + text.slice(at)
}
