// What the panel shows once there is a conversation: one file, fetched when the first of it is needed. What it imports
// is in it or in the panel, so that nothing of it can be lost alone.
export { Brush } from '../brush/brush.tsx'
export { ActivityRow } from './activity-row.tsx'
export { ArticleView } from './article.tsx'
export { Attached } from './attached.tsx'
export { CaseChips } from './case-chips.tsx'
export { FactForm } from './fact-form.tsx'
export { Film } from './film.tsx'
export { HarRows } from './har-rows.tsx'
export { KnownCard } from './known-card.tsx'
export { OpenIncidents } from './open-incidents.tsx'
export { FilesOnWay } from './upload-state.tsx'
export { WhyNot } from './why-not.tsx'
