import type { T } from '@clew/i18n'
import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { usePanel } from '../panel/context.ts'
import { css } from './brush.css'
import { useBrushWords } from './brush-words.ts'
import { coveredFile } from './covered-file.ts'
import { type Box, boxBetween, drawMarks, firstFrame, type Mark, moved, type Point } from './marks.ts'

/** Covers parts of a picture before it is sent: with the pointer, or with the keyboard. */
export function Brush({ file }: { file: File }) {
  const { actions } = usePanel()
  const words = useBrushWords()
  const place = useRef<HTMLDivElement>(null)
  const picture = usePicture(file)
  const [marks, setMarks] = useState<readonly Mark[]>([])
  const [tool, setTool] = useState<Mark['kind']>('box')
  useStyles(place, words !== undefined)
  if (words === undefined) return null

  const undo = () => setMarks((all) => all.slice(0, -1))
  const finish = async (drawn: ImageBitmap) => {
    actions.replaceAttached(file, marks.length === 0 ? file : await coveredFile(file, drawn, marks))
    actions.back()
  }
  const fail = () => {
    actions.say(words('brush.failed'))
    actions.back()
  }
  return (
    <div class="brush" ref={place}>
      <h3>{words('brush.title')}</h3>
      <p class="note">{words('brush.how')}</p>
      {picture === 'failed' && <p role="alert">{words('brush.failed')}</p>}
      {picture instanceof ImageBitmap && (
        <>
          <Sheet
            {...{ picture, marks, tool, words, undo }}
            name={file.name}
            add={(mark) => setMarks([...marks, mark])}
          />
          <fieldset aria-label={words('brush.tool')}>
            {(['box', 'stroke'] as const).map((kind) => (
              <label key={kind}>
                <input type="radio" name="tool" checked={tool === kind} onChange={() => setTool(kind)} />
                {words(`brush.${kind}`)}
              </label>
            ))}
          </fieldset>
        </>
      )}
      <div class="choices">
        {picture instanceof ImageBitmap && (
          <>
            <button type="button" class="main" onClick={() => finish(picture).catch(fail)}>
              {words('brush.done')}
            </button>
            <button type="button" disabled={marks.length === 0} onClick={undo}>
              {words('brush.undo')}
            </button>
          </>
        )}
        <button type="button" onClick={() => actions.back()}>
          {words('brush.cancel')}
        </button>
      </div>
    </div>
  )
}

type SheetProps = {
  picture: ImageBitmap
  name: string
  marks: readonly Mark[]
  tool: Mark['kind']
  words: T<'brush'>
  add(mark: Mark): void
  undo(): void
}

/** The picture to draw on. What is drawn here is only shown; the file is made from the marks. */
function Sheet({ picture, name, marks, tool, words, add, undo }: SheetProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [drawing, setDrawing] = useState<readonly Point[]>([])
  const [frame, setFrame] = useState<Box>()
  const current = markOf(drawing, tool, picture)
  useEffect(() => {
    const ink = canvas.current?.getContext('2d')
    if (ink) show(ink, picture, { marks: current === undefined ? marks : [...marks, current], frame })
  })

  const onPointerDown = (event: PointerEvent) => {
    canvas.current?.setPointerCapture(event.pointerId)
    setFrame(undefined)
    setDrawing([pointOf(event, canvas)])
  }
  const onPointerMove = (event: PointerEvent) => {
    if (drawing.length > 0) setDrawing([...drawing, pointOf(event, canvas)])
  }
  const onPointerUp = () => {
    if (current !== undefined) add(current)
    setDrawing([])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moved(frame ?? firstFrame(picture), event, picture)
    const isUndo = event.key === 'Backspace' || (event.key === 'z' && (event.ctrlKey || event.metaKey))
    if (next !== undefined) setFrame(frame === undefined ? firstFrame(picture) : next)
    else if (event.key === 'Enter' && frame !== undefined) add(frame)
    else if (isUndo) undo()
    else return
    event.preventDefault()
  }
  return (
    <div class="sheet">
      <canvas
        ref={canvas}
        width={picture.width}
        height={picture.height}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn on by keyboard
        tabIndex={0}
        role="application"
        aria-label={words('brush.keys', { name })}
        onPointerCancel={() => setDrawing([])}
        {...{ onPointerDown, onPointerMove, onPointerUp, onKeyDown }}
      />
      <p class="note" role="status">
        {words('brush.covered', { count: marks.length })} {frame !== undefined && where(words, frame, picture)}
      </p>
    </div>
  )
}

function where(words: T<'brush'>, { x, y, width, height }: Box, whole: ImageBitmap): string {
  const share = (part: number, of: number) => words.format.number(part / of, { style: 'percent' })
  return words('brush.at', {
    x: share(x, whole.width),
    y: share(y, whole.height),
    width: share(width, whole.width),
    height: share(height, whole.height),
  })
}

/** Where the pointer is, in pixels of the picture. */
function pointOf(event: PointerEvent, { current }: RefObject<HTMLCanvasElement | null>): Point {
  if (current === null) return { x: 0, y: 0 }
  const shown = current.getBoundingClientRect()
  return {
    x: ((event.clientX - shown.left) * current.width) / shown.width,
    y: ((event.clientY - shown.top) * current.height) / shown.height,
  }
}

function markOf(points: readonly Point[], tool: Mark['kind'], { width, height }: ImageBitmap): Mark | undefined {
  const [first] = points
  const last = points.at(-1)
  if (first === undefined || last === undefined) return undefined
  if (tool === 'stroke') return { kind: 'stroke', points, width: Math.max(width, height) / 30 }
  const box = boxBetween(first, last)
  return box.width < 1 || box.height < 1 ? undefined : box
}

type Shown = { marks: readonly Mark[]; frame: Box | undefined }

function show(ink: CanvasRenderingContext2D, picture: ImageBitmap, { marks, frame }: Shown): void {
  ink.clearRect(0, 0, picture.width, picture.height)
  ink.drawImage(picture, 0, 0)
  drawMarks(ink, marks)
  if (frame === undefined) return
  // Seen on dark and on light.
  const line = Math.max(2, picture.width / 200)
  for (const [colour, width] of [
    ['#fff', 3 * line],
    ['#000', line],
  ] as const) {
    ink.strokeStyle = colour
    ink.lineWidth = width
    ink.lineJoin = 'miter'
    ink.strokeRect(frame.x, frame.y, frame.width, frame.height)
  }
}

function usePicture(file: File): ImageBitmap | 'failed' | undefined {
  const [picture, setPicture] = useState<ImageBitmap | 'failed'>()
  useEffect(() => {
    let isOver = false
    let opened: ImageBitmap | undefined
    createImageBitmap(file).then(
      (found) => {
        opened = found
        if (isOver) found.close()
        else setPicture(found)
      },
      () => setPicture('failed'),
    )
    return () => {
      isOver = true
      opened?.close()
    }
  }, [file])
  return picture
}

/** Its styles come with it and go with it. A sheet, since a strict host forbids a style element. */
function useStyles(place: RefObject<HTMLDivElement | null>, isShown: boolean): void {
  useEffect(() => {
    const root = place.current?.getRootNode()
    if (!(root instanceof ShadowRoot)) return
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    return () => {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet)
    }
  }, [place, isShown])
}
