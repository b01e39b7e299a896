import type { Permission } from '@clew/contract/permissions'

type Underlined<P extends string> = P extends `${infer A}.${infer B}` ? `${A}_${B}` : never

/** The name of a permission in words. Every permission of the contract has one, or this does not compile. */
export const permissionWord = <P extends Permission>(permission: P) =>
  `console-members.may_${permission.replace('.', '_') as Underlined<P>}` as const
