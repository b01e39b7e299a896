import { useSearch } from '@tanstack/react-router'

/** The search part of whatever route is shown; each route has checked its own. */
export const useRouterSearch = () => useSearch({ strict: false })
