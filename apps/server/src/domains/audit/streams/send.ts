import type { StreamTarget } from '@clew/contract/audit-streams'
import type { Sent } from '../model.stream.ts'
import { sendHttps } from './send-https.ts'
import { sendS3 } from './send-s3.ts'
import { sendSplunk } from './send-splunk.ts'
import { sendSyslog } from './send-syslog.ts'
import type { Sending } from './sending.ts'

/** Sends a batch where a stream leads. Never throws. */
export function send(target: StreamTarget, sending: Sending): Promise<Sent> {
  switch (target.kind) {
    case 'https':
      return sendHttps(target.url, sending)
    case 'syslog':
      return sendSyslog(target, sending)
    case 'splunk':
      return sendSplunk(target, sending)
    case 's3':
      return sendS3(target, sending)
  }
}
