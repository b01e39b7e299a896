import type { Conversation } from '@clew/contract/conversations'
import { useQuery } from '@tanstack/react-query'
import { DropdownMenu } from 'radix-ui'
import { useT } from '../../app/i18n.tsx'
import { membersQuery } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import controls from '../../app/ui/controls.module.css'
import { Mark } from '../../app/ui/mark.tsx'
import menu from '../../app/ui/menu.module.css'
import type { ConversationActions } from './use-conversation-actions.ts'

type AssignMenuProps = {
  conversation: Conversation
  assign: ConversationActions['assign']
  open: boolean
  onOpenChange(open: boolean): void
}

/** Who has the conversation; pressing it gives it to someone else. */
export function AssignMenu({ conversation, assign, open, onOpenChange }: AssignMenuProps) {
  const t = useT()
  const me = useSession().member
  const { data } = useQuery(membersQuery)
  const { assignee } = conversation
  const others = (data?.members ?? []).filter(({ id }) => id !== me.id && id !== assignee?.id)
  const name = assignee === undefined ? t('workspace.assignee_none') : assignee.name
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger className={controls.property} aria-label={t('workspace.assignee_change', { name })}>
        {assignee?.id === me.id ? t('workspace.assignee_you') : name}
      </DropdownMenu.Trigger>
      <DropdownMenu.Content className={menu.menu} align="start" sideOffset={4} collisionPadding={8}>
        {assignee?.id !== me.id && (
          <DropdownMenu.Item className={menu.item} onSelect={() => void assign(conversation, me)}>
            <Mark by="agent" name={me.name} small /> {t('workspace.assign_to_me')} <kbd>Shift A</kbd>
          </DropdownMenu.Item>
        )}
        {others.map((member) => (
          <DropdownMenu.Item key={member.id} className={menu.item} onSelect={() => void assign(conversation, member)}>
            <Mark by="agent" name={member.name} small /> {member.name}
          </DropdownMenu.Item>
        ))}
        {assignee !== undefined && (
          <>
            <DropdownMenu.Separator className={menu.rule} />
            <DropdownMenu.Item className={menu.item} onSelect={() => void assign(conversation, undefined)}>
              {t('workspace.assign_to_nobody')}
            </DropdownMenu.Item>
          </>
        )}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}
