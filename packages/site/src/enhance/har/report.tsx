import { useState } from 'preact/hooks'
import { Findings } from './findings.tsx'
import { Keep } from './keep.tsx'
import type { CleanCapture } from './messages.ts'
import { Problems } from './problems.tsx'
import { Removed } from './removed.tsx'
import type { Job } from './session.ts'
import { TimelineStage } from './timeline-stage.tsx'

/** What was done to the file, what it says, and what can be done with it now. */
export function Report({ job, result }: { job: Job; result: CleanCapture }) {
  const [finding, setFinding] = useState<number>()
  return (
    <>
      <Removed result={result} />
      <Problems validation={result.validation} />
      <Findings result={result} shown={finding} onShow={setFinding} />
      <TimelineStage result={result} finding={finding} onFinding={setFinding} />
      <Keep job={job} result={result} />
    </>
  )
}
