import type { Member } from '@clew/contract/sessions'
import type { MemberRow } from './model.ts'

export const memberView = ({ id, name, email, role }: MemberRow): Member => ({ id, name, email, role })
