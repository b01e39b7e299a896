export { MembersPage as Screen } from './members-page.tsx'
