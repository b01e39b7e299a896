import { useEffect, useRef, useState } from 'preact/hooks'
import { type ArticleNode, parseArticle } from '../text/article-html.ts'
import { usePanel } from './context.ts'
import type { Screen } from './state.ts'

type ArticleScreen = Extract<Screen, { name: 'article' }>

/** An article, read without leaving the conversation. */
export function ArticleView({ screen }: { screen: ArticleScreen }) {
  const { t, actions } = usePanel()
  const place = useRef<HTMLElement>(null)
  const { article, anchor } = screen
  useEffect(() => {
    if (article === undefined || anchor === undefined) return
    const part = place.current?.querySelector(`[id="${CSS.escape(`clew-${anchor}`)}"]`)
    part?.scrollIntoView({ block: 'start' })
  }, [article, anchor])

  return (
    <article
      class="reading"
      ref={place}
      tabIndex={-1}
      lang={screen.locale}
      aria-busy={article === undefined && !screen.failed}
    >
      {screen.failed && (
        <>
          <p role="alert">{t('widget.article_missing')}</p>
          <div class="choices">
            <button type="button" onClick={() => void actions.openArticle(screen.slug, screen.locale, anchor)}>
              {t('widget.retry')}
            </button>
          </div>
        </>
      )}
      {article === undefined && !screen.failed && <p class="note">{t('widget.article_loading')}</p>}
      {article !== undefined && (
        <>
          <h3>{article.title}</h3>
          <p class="note">
            {t('widget.article_updated', {
              date: t.format.date(article.updatedOn, { day: 'numeric', month: 'long', year: 'numeric' }),
            })}
          </p>
          <Nodes nodes={parseArticle(article.html, article.url)} articleUrl={article.url} />
          <p class="note">
            <a href={article.url} target="_blank" rel="noopener">
              {t('widget.article_open_page')}
            </a>
          </p>
          <Rating slug={screen.slug} />
        </>
      )}
    </article>
  )
}

function Rating({ slug }: { slug: string }) {
  const { t, actions } = usePanel()
  const [isRated, setRated] = useState(false)
  const rate = (helpful: boolean) => {
    setRated(true)
    void actions.rateArticle(slug, t.locale, helpful)
  }
  return (
    <div class="rating" role="status">
      {isRated ? (
        <p>{t('widget.article_thanks')}</p>
      ) : (
        <>
          <p>{t('widget.article_helpful')}</p>
          <div class="choices">
            <button type="button" onClick={() => rate(true)}>
              {t('widget.yes')}
            </button>
            <button type="button" onClick={() => rate(false)}>
              {t('widget.no')}
            </button>
          </div>
        </>
      )}
    </div>
  )
}

// The article's title is an h3 of the panel, so its own headings stand below it.
const headings: Partial<Record<string, 'h4' | 'h5' | 'h6'>> = { h2: 'h4', h3: 'h5', h4: 'h6' }

function Nodes({ nodes, articleUrl }: { nodes: ArticleNode[]; articleUrl: string }) {
  return (
    <>
      {nodes.map((node, index) => {
        if (typeof node === 'string') return node
        const inside = <Nodes nodes={node.children} articleUrl={articleUrl} />
        if (node.tag === 'a')
          return <ArticleLink key={index} href={node.href} articleUrl={articleUrl} inside={inside} />
        if (node.tag === 'hr') return <hr key={index} />
        if (node.tag === 'br') return <br key={index} />
        const Tag = headings[node.tag] ?? (node.tag as 'p')
        return (
          <Tag key={index} id={node.id === undefined ? undefined : `clew-${node.id}`}>
            {inside}
          </Tag>
        )
      })}
    </>
  )
}

type ArticleLinkProps = { href: string | undefined; articleUrl: string; inside: preact.ComponentChildren }

/** A link to a sibling article opens here; any other opens in a tab of its own. */
function ArticleLink({ href, articleUrl, inside }: ArticleLinkProps) {
  const { t, actions } = usePanel()
  const slug = href === undefined ? undefined : siblingSlug(href, articleUrl)
  if (href === undefined) return <>{inside}</>
  if (slug === undefined)
    return (
      <a href={href} target="_blank" rel="noopener noreferrer">
        {inside}
      </a>
    )
  const open = (event: MouseEvent) => {
    event.preventDefault()
    void actions.openArticle(slug, t.locale, new URL(href).hash.slice(1) || undefined)
  }
  return (
    <a href={href} onClick={open}>
      {inside}
    </a>
  )
}

function siblingSlug(href: string, articleUrl: string): string | undefined {
  const folder = new URL('.', articleUrl).href
  const rest = href.startsWith(folder) ? href.slice(folder.length) : ''
  return /^[a-z0-9-]+(#|$)/.exec(rest) === null ? undefined : rest.replace(/#.*/, '')
}
