import { type AttributePath, printAttributePath } from '../attribute-path.ts'

export type Operator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le'

export type Literal = string | number | boolean | null

/** A filter as it was written (RFC 7644 §3.4.2.2), before anyone asked which attributes exist. */
export type Filter =
  | { readonly kind: 'present'; readonly path: AttributePath }
  | {
      readonly kind: 'compare'
      readonly path: AttributePath
      readonly operator: Operator
      readonly value: Literal
    }
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  /** `emails[…]`: one and the same element satisfies the filter, whose paths are sub-attributes. */
  | { readonly kind: 'element'; readonly path: AttributePath; readonly filter: Filter }

/** Writes a filter so that reading it gives the same filter. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'present':
      return `${printAttributePath(filter.path)} pr`
    case 'compare':
      return `${printAttributePath(filter.path)} ${filter.operator} ${JSON.stringify(filter.value)}`
    case 'not':
      return `not (${printFilter(filter.filter)})`
    case 'element':
      return `${printAttributePath(filter.path)}[${printFilter(filter.filter)}]`
    case 'and':
    case 'or':
      return filter.filters.map(printOperand).join(` ${filter.kind} `)
  }
}

function printOperand(filter: Filter): string {
  return filter.kind === 'and' || filter.kind === 'or' ? `(${printFilter(filter)})` : printFilter(filter)
}
