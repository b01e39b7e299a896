import type { Ctx } from '../../platform/ctx.ts'
import type { Domain } from '../../platform/domain.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { notificationJobs } from './jobs.ts'
import { notificationRoutes } from './routes.ts'
import { notificationSubscribers } from './subscribers.ts'
import type { MailSettings } from './use-cases/mail-reply.ts'

type Parts = MailSettings & { jobs: Jobs; asSystem(ctx: Ctx, job: string): Ctx }

export const notifications = (parts: Parts): Domain => ({
  name: 'notifications',
  routes: notificationRoutes(parts),
  jobs: notificationJobs(parts),
  subscribers: notificationSubscribers(parts.jobs),
})
