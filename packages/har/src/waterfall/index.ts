export {
  type EntryFinding,
  type EntryTimings,
  isFailing,
  lengthOf,
  type PageStart,
  type Phase,
  phaseLengths,
  phases,
  type Severity,
  slowAfterMs,
  type WaterfallEntry,
} from './entry.ts'
export {
  type EntryFilter,
  type Facets,
  facetsOf,
  isFiltering,
  noFilter,
  type Only,
  onlyChoices,
  type StatusClass,
  selectEntries,
  statusClasses,
} from './filter.ts'
export { entriesOfCapture } from './from-capture.ts'
export type { Geometry } from './geometry.ts'
export { type KeyCommand, nextFailingRow } from './keyboard.ts'
export type { WaterfallWords } from './labels.ts'
export { marksOf, type TimeMark } from './marks.ts'
export { createWaterfall, endAt, isFailingAt, kindAt, phasesIn, startAt, type Waterfall } from './model.ts'
export { createOverview, type OverviewState, type OverviewView } from './overview-view.ts'
export { splitAtPlaceholders, type TextPart } from './placeholders.ts'
export { type BodyText, type ReadableBody, readableBody } from './readable-body.ts'
export { type ResourceKind, resourceKinds } from './resource-kind.ts'
export {
  byStart,
  flatRows,
  foldAt,
  foldHealthy,
  positionAt,
  type RowList,
  rowOf,
  type Sorting,
  type SortKey,
  sortKeys,
  sortPositions,
} from './rows.ts'
export { isWhole, type TimeRange, ticksOf, timeToX } from './scale.ts'
export { createWaterfallView, rangeAfter, type WaterfallState, type WaterfallView } from './view.ts'
