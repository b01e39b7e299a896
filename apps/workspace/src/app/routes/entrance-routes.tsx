import { useNavigate, useRouter } from '@tanstack/react-router'
import { SecureOnly } from '../../features/sign-in/secure-only.tsx'
import { SignInPage } from '../../features/sign-in/sign-in-page.tsx'
import { JoinPage, SetUpPage } from '../../features/sign-in/welcome-pages.tsx'
import { useRouterSearch } from './use-router-search.ts'

export function SignInRoute() {
  const router = useRouter()
  const { next, expired } = useRouterSearch()
  return (
    <SecureOnly>
      <SignInPage expired={expired === true} onDone={() => router.history.push(`/app${next ?? '/'}`)} />
    </SecureOnly>
  )
}

export function SetUpRoute() {
  const navigate = useNavigate()
  return (
    <SecureOnly>
      <SetUpPage onDone={() => void navigate({ to: '/' })} />
    </SecureOnly>
  )
}

export function JoinRoute() {
  const navigate = useNavigate()
  return (
    <SecureOnly>
      <JoinPage onDone={() => void navigate({ to: '/' })} />
    </SecureOnly>
  )
}
