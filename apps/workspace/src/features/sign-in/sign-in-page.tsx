import type { AgentSession } from '@clew/contract/sessions'
import type { SignInStart, SignInStep } from '@clew/contract/sign-in'
import { useState } from 'react'
import { SignInWords } from '../../app/sign-in/words.ts'
import { EmailStep } from './email-step.tsx'
import { FactorStep } from './factor-step.tsx'
import { takeOpenStep } from './open-step.ts'
import { OrganisationStep } from './organisation-step.tsx'
import { PasswordStep } from './password-step.tsx'
import { SentStep } from './sent-step.tsx'
import { SsoStep } from './sso-step.tsx'
import { useEntered } from './use-steps.ts'

type Stage =
  | { is: 'email' }
  | { is: 'password'; email: string }
  | { is: 'sso'; email: string; sso: NonNullable<SignInStart['sso']> }
  | { is: 'sent'; email: string; what: 'link' | 'reset' }
  | { is: 'step'; step: SignInStep }

type Props = { expired: boolean; asks?: 'reset'; onDone(session: AgentSession): void }

/** The way in, one question at a time: who, how, and what the organisation asks for besides. */
export const SignInPage = (props: Props) => (
  <SignInWords>
    <Steps {...props} />
  </SignInWords>
)

function Steps({ expired, asks, onDone }: Props) {
  const [stage, setStage] = useState<Stage>(() => {
    const step = takeOpenStep()
    return step === undefined ? { is: 'email' } : { is: 'step', step }
  })
  const onEntered = useEntered({ onDone, onStep: (step) => setStage({ is: 'step', step }) })
  const back = () => setStage({ is: 'email' })
  switch (stage.is) {
    case 'email':
      return (
        <EmailStep
          expired={expired}
          asks={asks}
          onEntered={onEntered}
          onSent={(email) => setStage({ is: 'sent', email, what: 'reset' })}
          onKnown={(email, { sso }) => setStage(sso ? { is: 'sso', email, sso } : { is: 'password', email })}
        />
      )
    case 'sso':
      return (
        <SsoStep
          email={stage.email}
          sso={stage.sso}
          onPassword={() => setStage({ is: 'password', email: stage.email })}
          onBack={back}
        />
      )
    case 'password':
      return (
        <PasswordStep
          email={stage.email}
          onEntered={onEntered}
          onSent={(what) => setStage({ is: 'sent', email: stage.email, what })}
          onBack={back}
        />
      )
    case 'sent':
      return <SentStep email={stage.email} what={stage.what} onBack={back} />
    case 'step':
      return stage.step.next === 'choose_organisation' ? (
        <OrganisationStep organisations={stage.step.organisations} onEntered={onEntered} onBack={back} />
      ) : (
        <FactorStep factors={stage.step.factors} onEntered={onEntered} onBack={back} />
      )
  }
}
