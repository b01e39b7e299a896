import { MembersPage } from '../../features/members/members-page.tsx'

export const MembersRoute = () => <MembersPage />
