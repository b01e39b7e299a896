import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { Jobs } from '../../platform/jobs.ts'

export const fileSubscribers = (jobs: Jobs): readonly Subscriber[] => [
  subscriber('files.scan', 'file.waiting', (tx) => jobs.send(tx, { name: 'files.scan_waiting', input: {} })),
]
