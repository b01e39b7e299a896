import type { Domain } from '../../platform/domain.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { notificationJobs } from './jobs.ts'
import { notificationSubscribers } from './subscribers.ts'
import type { MailSettings } from './use-cases/mail-reply.ts'

export const notifications = (parts: MailSettings & { jobs: Jobs }): Domain => ({
  name: 'notifications',
  jobs: notificationJobs(parts),
  subscribers: notificationSubscribers(parts.jobs),
})
