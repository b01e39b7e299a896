import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { LibraryHolder } from './library-holder.ts'

export const articleSubscribers = (library: LibraryHolder): readonly Subscriber[] => [
  subscriber('articles', 'articles.changed', (tx) => library.refresh(tx)),
]
