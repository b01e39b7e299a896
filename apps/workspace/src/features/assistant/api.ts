import { createLearningApi } from '@clew/client/learning-api'
import type { Locale } from '@clew/contract/primitives'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

export const learningApi = createLearningApi(http)

export const gapsQuery = (query: { days: number; locale: Locale | undefined }) =>
  queryOptions({
    queryKey: ['learning', 'gaps', query],
    queryFn: () => learningApi.gaps(query),
    placeholderData: keepPreviousData,
  })

export const resolutionQuery = (weeks: number) =>
  queryOptions({
    queryKey: ['learning', 'resolution', weeks],
    queryFn: () => learningApi.resolution(weeks),
    placeholderData: keepPreviousData,
  })

export const regressionsQuery = queryOptions({
  queryKey: ['learning', 'regressions'],
  queryFn: learningApi.regressions,
})

export const choicesQuery = (locale: Locale) =>
  queryOptions({ queryKey: ['learning', 'choices', locale], queryFn: () => learningApi.choices(locale) })
